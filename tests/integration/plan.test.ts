import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { type CliShop, openCliShop } from '../support/cli-shop.js';

/** `orderpark plan`: what a changed config would do to what is stored, without doing it. */
let bench: CliShop;
let waiting: number;
let booked: number;

beforeAll(async () => {
  bench = await openCliShop();
  waiting = bench.place('on-hold');
  booked = bench.place('processing');
  bench.place('cancelled');
  await bench.cli('poll');
});
afterAll(() => bench.close());

const inForce = () => readFileSync(join(bench.folder, 'orderpark.yaml'), 'utf8');

function changed(from: string | RegExp, to: string): string {
  const text = inForce();
  const file = join(bench.folder, 'changed.yaml');
  const other = text.replace(from, to);
  if (other === text) throw new Error(`nothing to change: ${from}`);
  writeFileSync(file, other);
  return file;
}

async function plan(file: string, ...more: string[]) {
  const said = await bench.cli('plan', file, '--json', ...more);
  expect(said.code, said.err).toBe(EXIT.done);
  return JSON.parse(said.out);
}

describe('a plan', () => {
  it('of the same config says that nothing would end differently', async () => {
    const { out, code } = await bench.cli('plan', join(bench.folder, 'orderpark.yaml'));
    expect([code, out]).toEqual([
      EXIT.done,
      'None of 3 orders of the last 30 days would end differently.\n',
    ]);
  });

  it('names each order that would, with both rules, and changes nothing', async () => {
    const before = await bench.cli('orders', 'list', '--json');
    const report = await plan(changed('- processing\n', '- on-hold\n'));
    expect(report).toMatchObject({
      ...{ orders: 3, differing: 2, staying: 1, missingShops: [], days: 30 },
      counts: { 'parked -> forwarded': 1, 'forwarded -> parked': 1 },
    });
    expect(report.differences).toMatchObject([
      { id: booked, stays: true, now: { state: 'forwarded' }, then: { state: 'parked' } },
      {
        id: waiting,
        stays: false,
        then: { state: 'forwarded', line: expect.any(Number), document: expect.any(String) },
      },
    ]);
    expect((await bench.cli('orders', 'list', '--json')).out).toBe(before.out);
    expect(JSON.parse((await bench.cli('documents', 'list', '--json')).out)).toHaveLength(1);
  });

  it('tells of a document that would say something else, though its order ends alike', async () => {
    const report = await plan(changed(/code: NL21/g, 'code: NL21-NEW'));
    expect(report.counts).toEqual({ 'forwarded -> forwarded': 1 });
    expect(report.differences[0].then.document).toContain('NL21-NEW');
    const { out } = await bench.cli('plan', join(bench.folder, 'changed.yaml'));
    expect(out).toContain('whose document stays');
    expect(out).toContain(
      '1 of 3 orders of the last 30 days would end differently; nothing was done.',
    );
  });

  it('looks as many days back as it is told', async () => {
    bench.passDays(40);
    expect(await plan(changed('- processing\n', '- on-hold\n'))).toMatchObject({ orders: 0 });
    expect(await plan(join(bench.folder, 'changed.yaml'), '--days', '60')).toMatchObject({
      ...{ orders: 3, differing: 2 },
    });
  });

  it('names shops that the changed file no longer has', async () => {
    const report = await plan(changed('id: main', 'id: other'), '--days', '60');
    expect(report).toMatchObject({ missingShops: ['main'], orders: 0 });
  });

  it('of a file with faults tells all of them, and plans nothing', async () => {
    const file = changed('- processing\n', '- on-hold\n');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nnonsense: 1\nwhimsy: 2\n`);
    const said = await bench.cli('plan', file);
    expect(said.code).toBe(EXIT.config);
    expect(said.err).toContain('nonsense');
    expect(said.err).toContain('whimsy');
    expect(said.out).toBe('');
    expect((await bench.cli('plan', '/nowhere/orderpark.yaml')).code).toBe(EXIT.config);
  });
});
