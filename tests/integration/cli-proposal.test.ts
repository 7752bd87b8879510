import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { isPlain } from '../support/cli.js';
import { type CliShop, openCliShop } from '../support/cli-shop.js';

let bench: CliShop;
beforeEach(async () => {
  bench = await openCliShop();
});
afterEach(() => bench.close());

const cli = (...args: string[]) => bench.cli(...args);

describe('a person', () => {
  it('has a changed order credited and booked again, as it was proposed', async () => {
    const id = bench.place('processing');
    await cli('poll');
    bench.passDays(1);
    bench.shop.state.change(id, (content) => ({
      ...content,
      billing: { ...content.billing, company: 'Nieuw \u001b[31mBV' },
    }));
    await cli('poll');
    const shown = await cli('orders', 'proposal', `${id}`);
    expect(shown.out).toMatch(/credit-note +\S+-C1 .*-\d/);
    expect(shown.out).toMatch(/invoice +\S+-2 /);
    expect(isPlain(shown.out)).toBe(true);
    const proposal = JSON.parse((await cli('orders', 'proposal', `${id}`, '--json')).out);
    expect(shown.out).toContain(`--accept ${proposal.mark} does it`);
    expect(JSON.parse((await cli('documents', 'list', '--json')).out)).toHaveLength(1);

    const other = await cli('orders', 'proposal', `${id}`, '--accept', '0123456789abcdef');
    expect([other.code, other.out]).toEqual([EXIT.attention, '']);
    expect(other.err).toContain('look at it again');
    const accepted = await cli('orders', 'proposal', `${id}`, '--accept', `${proposal.mark}`);
    expect(accepted.out).toContain('in place of');
    expect(JSON.parse((await cli('documents', 'list', '--json')).out)).toHaveLength(3);
    const again = await cli('orders', 'proposal', `${id}`, '--accept');
    expect([again.code, again.out]).toEqual([EXIT.attention, '']);
    expect(again.err).toContain('There is nothing to do.');
  });
});
