import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CliShop, openCliShop } from '../../../tests/support/cli-shop.js';
import { openStore } from '../../store/open-store.js';
import type { NewQuarantineEntry, Store } from '../../store/store.js';
import { EXIT } from '../exit-codes.js';

let bench: CliShop;
let store: Store;

beforeEach(async () => {
  bench = await openCliShop();
  const clock = { now: () => bench.shop.state.nowMs() };
  store = await openStore({ database: join(bench.folder, 'orderpark.db'), clock });
});
afterEach(async () => {
  await store.close();
  await bench.close();
});

const NAMELESS: NewQuarantineEntry = {
  shop: 'main',
  orderId: null,
  source: 'webhook',
  at: '2026-11-02T11:00:00.000Z',
  raw: '{"id":7}',
  reason: 'its topic is "coupon.created", which is not of orders',
  fix: 'See to it.',
};

const keep = (...entries: NewQuarantineEntry[]) =>
  store.transaction(async (tx) => {
    for (const entry of entries) await tx.addQuarantine(entry);
  });
const openReasons = async () => (await store.quarantine({ open: true })).map((one) => one.reason);

it('lists what is open, each entry with its number, and says how to close it', async () => {
  await keep(NAMELESS);
  const { code, out } = await bench.cli('quarantine');
  expect(code).toBe(EXIT.done);
  expect(out).toMatch(/1 +main .*coupon\.created.*which is not of orders\. See to it\./);
  expect(out).toContain('orderpark quarantine close');
});

it('does not ask a person to close what the next poll closes', async () => {
  await keep({ ...NAMELESS, reason: 'its body is no JSON' });
  expect((await bench.cli('quarantine')).out).not.toContain('quarantine close');
});

it('closes entries that name no order, and only those that were named', async () => {
  await keep(NAMELESS, { ...NAMELESS, reason: 'another' }, { ...NAMELESS, reason: 'a third' });
  const { code, out } = await bench.cli('quarantine', 'close', '1', '3');
  expect([code, out]).toEqual([EXIT.done, '2 entries are closed.\n']);
  expect(await openReasons()).toEqual(['another']);
  expect((await bench.cli('quarantine', '--all')).out).toContain('closed');
});

it('check says that it was a delivery', async () => {
  await keep(NAMELESS);
  expect((await bench.cli('check')).out).toContain(
    'a delivery of its webhook could not be used on 2026-11-02: its topic is "coupon.created"',
  );
});

it('closes nothing where one of them is of an order, which closes by itself', async () => {
  await keep(NAMELESS, { ...NAMELESS, orderId: 1042, reason: 'cut off' });
  const { code, err } = await bench.cli('quarantine', 'close', '1', '2');
  expect(code).toBe(EXIT.failed);
  expect(err).toContain('orderpark orders recheck 1042');
  expect(await openReasons()).toHaveLength(2);
});

it.each(['9', '0', 'x', '1.5'])('%s is no open entry', async (id) => {
  await keep(NAMELESS);
  const { code, err } = await bench.cli('quarantine', 'close', id);
  expect([EXIT.failed, EXIT.usage]).toContain(code);
  expect(err).toContain(id);
  expect(await openReasons()).toHaveLength(1);
});
