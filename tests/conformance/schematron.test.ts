import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '../support/einvoice/schematron/read.js';
import { loadSchematron, type Schematron } from '../support/einvoice/schematron.js';

const SCHEMA = (body: string) =>
  `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">${body}</schema>`;

const INCLUDED = `<pattern xmlns="http://purl.oclc.org/dsdl/schematron">
  <let name="allowed" value="('red', 'green')"/>
  <rule context="s:lamp/text()"><report id="text" test="contains(., '&amp;')" flag="information">and</report></rule>
</pattern>`;

const RULES = SCHEMA(`
  <title>Lamps</title>
  <ns prefix="s" uri="urn:shop"/>
  <phase id="some"><active pattern="first"/></phase>
  <let name="most" value="count(/s:shop/s:lamp)"/>
  <include href="parts/included.sch"/>
  <pattern id="first">
    <rule context="/"><assert id="root" test="s:shop">A shop is wanted</assert></rule>
    <rule context="s:lamp[@colour = 'red']">
      <assert id="red" test="@price">A red lamp has a price</assert>
    </rule>
    <rule context="s:lamp" role="warning">
      <assert id="any" test="@price">A lamp should have a price</assert>
      <assert id="any-error" test="@price" flag="error">It must</assert>
    </rule>
  </pattern>
  <pattern>
    <rule context="s:lamp/@colour">
      <let name="own" value="."/>
      <assert id="colour" test="$own = $allowed"><name/> of <name path=".."/>: <value-of select="$own"/> is not one of
        <value-of select="$allowed"/></assert>
      <let name="next" value="../following-sibling::s:lamp[1]/@colour"/>
      <report id="twin" test="$next = .">The next of <value-of select="$most"/> has the same</report>
    </rule>
  </pattern>
`);

describe('the compiler of Schematron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-schematron-'));
  const path = join(folder, 'lamps.sch');
  let judge: Schematron;
  beforeAll(async () => {
    writeFileSync(join(folder, 'included.sch'), INCLUDED);
    judge = await loadSchematron({ path, text: RULES.replace('parts/', '') });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const idsOf = (lamps: string) =>
    judge(`<shop xmlns="urn:shop">${lamps}</shop>`).map(({ rule }) => rule);

  it('finds nothing where every assert holds and no report does', () => {
    expect(idsOf('<lamp colour="red" price="1"/><lamp price="2"/>')).toEqual([]);
  });

  it('tests the document, elements, attributes and text', () => {
    expect(judge('<other/>').map(({ rule, where }) => [rule, where])).toEqual([['root', '/']]);
    expect(idsOf('<lamp colour="red"/>')).toEqual(['red']);
    expect(idsOf('<lamp colour="blue" price="1"/>')).toEqual(['colour']);
    expect(idsOf('<lamp price="1">one &amp; two</lamp>')).toEqual(['text']);
  });

  it('tests a node by the first rule of a pattern that matches it, and by one of each pattern', () => {
    expect(idsOf('<lamp colour="red"/><lamp colour="red" price="1"/>')).toEqual(['red', 'twin']);
    expect(idsOf('<lamp colour="green"/>')).toEqual(['any', 'any-error']);
  });

  it('takes the level from the check, else from its rule, else it is fatal', () => {
    const levels = judge('<shop xmlns="urn:shop"><lamp/><lamp colour="red">&amp;</lamp></shop>');
    expect(Object.fromEntries(levels.map(({ rule, level }) => [rule, level]))).toEqual({
      text: 'warning',
      any: 'warning',
      'any-error': 'fatal',
      red: 'fatal',
    });
  });

  it('puts names and values into the message, and says where', () => {
    const shop =
      '<s:shop xmlns:s="urn:shop"><s:lamp price="1"/><s:lamp colour="b&amp;w" price="1"/></s:shop>';
    expect(judge(shop)).toEqual([
      {
        rule: 'colour',
        level: 'fatal',
        message: 'colour of s:lamp: b&w is not one of red green',
        where: '/s:shop/s:lamp[2]/@colour',
      },
    ]);
  });

  it('refuses what it does not know, rather than to leave out a rule', () => {
    const refused = (body: string) => () => readSchema({ path, text: SCHEMA(body) });
    const rule = (inner: string) => `<pattern><rule context="a">${inner}</rule></pattern>`;
    expect(refused(rule('<extends rule="b"/>'))).toThrow(/does not know.*<extends>: line 1/);
    expect(refused('<pattern abstract="true"/>')).toThrow(/does not know.*<pattern>/);
    expect(refused('<pattern is-a="b"/>')).toThrow(/does not know.*<pattern>/);
    expect(refused('<diagnostics/>')).toThrow(/does not know.*<diagnostics>/);
    expect(refused(rule('<assert id="a" test="b" flag="odd"/>'))).toThrow('Unknown level odd');
    expect(refused(rule('<assert test="b"/>'))).toThrow('<assert> has no id');
    expect(refused(rule('<function xmlns="urn:other"/>'))).toThrow('<{urn:other}function>');
    expect(() => readSchema({ path, text: '<schema/>' })).toThrow('is no Schematron schema');
  });

  it('refuses an expression that is not XPath', async () => {
    const text = SCHEMA('<pattern><rule context="a"><assert id="a" test="1 +"/></rule></pattern>');
    await expect(loadSchematron({ path, text })).rejects.toThrow(/XPST0003/);
  });
});
