import type { Check, MessagePart, Pattern, Rule, Schema, Variable } from './model.js';

/**
 * The stylesheet that tests a document by a schema, and answers with its findings as JSON.
 *
 * Each pattern becomes a mode that every node of the document is put through: the document itself,
 * elements, attributes, text, comments. Each of its rules is a template whose match pattern is the
 * rule's context, the earlier with the higher priority; so the first that matches a node is its only
 * one, as ISO/IEC 19757-3 wants it.
 */
export function toXslt(schema: Schema): string {
  const namespaces = [...schema.namespaces].map(
    ([prefix, uri]) => ` xmlns:${prefix}="${escapeXml(uri)}"`,
  );
  return `<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:made="urn:schematron-to-xslt"${namespaces.join('')} exclude-result-prefixes="#all">
<xsl:output method="text"/>
${schema.variables.map(variable).join('\n')}
<xsl:template match="/">
<xsl:variable name="made:nodes" select="/, //node(), //@*"/>
<xsl:variable name="made:findings" as="map(*)*">
${schema.patterns.map((_, at) => `<xsl:apply-templates select="$made:nodes" mode="${modeOf(at)}"/>`).join('\n')}
</xsl:variable>
<xsl:sequence select="serialize(array{$made:findings}, map{'method': 'json'})"/>
</xsl:template>
${schema.patterns.map(pattern).join('\n')}
${WHERE}
</xsl:stylesheet>
`;
}

/** The path of a node by the names that the document uses: `/Invoice/cac:InvoiceLine[2]/cbc:ID`. */
const WHERE = `<xsl:function name="made:where">
<xsl:param name="node"/>
<xsl:sequence select="(string-join($node/ancestor-or-self::node() ! made:step(.)), '/')[. != ''][1]"/>
</xsl:function>
<xsl:function name="made:step">
<xsl:param name="node"/>
<xsl:variable name="twins" select="$node/../*[node-name(.) = node-name($node)]"/>
<xsl:variable name="at" select="count($node/preceding-sibling::*[node-name(.) = node-name($node)]) + 1"/>
<xsl:sequence select="
  if ($node instance of document-node()) then ''
  else if ($node instance of attribute()) then '/@' || name($node)
  else if (not($node instance of element())) then '/text()'
  else '/' || name($node) || (if (count($twins) gt 1) then '[' || $at || ']' else '')"/>
</xsl:function>`;

function pattern({ rules }: Pattern, at: number): string {
  const mode = modeOf(at);
  return [
    `<xsl:template match="/ | node() | @*" mode="${mode}" priority="0"/>`,
    ...rules.map((one, index) => rule(one, mode, rules.length - index)),
  ].join('\n');
}

function rule({ context, body }: Rule, mode: string, priority: number): string {
  const steps = body.map((one) => (one.kind === 'variable' ? variable(one) : check(one)));
  return `<xsl:template match="${escapeXml(context)}" mode="${mode}" priority="${priority}">
${steps.join('\n')}
</xsl:template>`;
}

function variable({ name, select }: Variable): string {
  return `<xsl:variable name="${name}" select="${escapeXml(select)}"/>`;
}

function check({ kind, id, level, test, message }: Check): string {
  const breached = kind === 'assert' ? `not(${test})` : test;
  return `<xsl:if test="${escapeXml(breached)}">
<xsl:variable name="made:message"><xsl:value-of>${message.map(part).join('')}</xsl:value-of></xsl:variable>
<xsl:sequence select="map{'rule': '${escapeXml(id)}', 'level': '${level}', 'message': normalize-space($made:message), 'where': made:where(.)}"/>
</xsl:if>`;
}

function part(one: MessagePart): string {
  return one.kind === 'text'
    ? `<xsl:text>${escapeXml(one.text)}</xsl:text>`
    : `<xsl:value-of select="${escapeXml(one.select)}"/>`;
}

function modeOf(at: number): string {
  return `made:pattern-${at + 1}`;
}

/** For text and attributes alike; a line break in an attribute would be read as a space. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"\t\r\n]/g, (character) => `&#${character.codePointAt(0)};`);
}
