import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { processTerminal } from '../../src/cli/terminal.js';
import { HARD } from '../../src/demo/kinds.js';
import { micros } from '../../src/demo/micros.js';
import { isPlain, type Said } from '../support/cli.js';
import { type CliShop, openCliShop } from '../support/cli-shop.js';

let bench: CliShop;

beforeEach(async () => {
  bench = await openCliShop();
});
afterEach(() => bench.close());

// What the shapes hold is looked at as any reader of the JSON would: without the types.
type Shape = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Shape => {
  expect(value).toBeTypeOf('object');
  return { ...(value as object) };
};
const listOf = (value: unknown): Shape[] => {
  expect(Array.isArray(value)).toBe(true);
  return (value as unknown[]).map(objectOf);
};
const keysOf = (value: unknown): string[] => Object.keys(objectOf(value)).sort();
const words = (text: string): string[] => text.split(' ').sort();

async function json(...args: string[]): Promise<unknown> {
  const said = await bench.cli(...args, '--json');
  expect(said.code, said.err).toBe(EXIT.done);
  expect(said.err).toBe('');
  return JSON.parse(said.out);
}

async function done(...args: string[]): Promise<Said> {
  const said = await bench.cli(...args);
  expect(said.code, `${args.join(' ')}: ${said.out}${said.err}`).toBe(EXIT.done);
  return said;
}

const ORDER = words(
  'shop id number status state reason rule ruleLine createdAt modifiedAt stateSince customer currency minorUnits grossMinor taxMinor changes',
);
const PARKED = words(
  'shop id number status state reason rule createdAt modifiedAt stateSince expiresAt customer currency minorUnits grossMinor taxMinor changes',
);
const INVOICE = words(
  'key number kind shop orderId orderNumber date currency minorUnits grossMinor netMinor taxMinor taxByRate estimated issuedAt postings',
);
const CREDIT_NOTE = [...INVOICE, 'refundId', 'invoiceNumber'].sort();
const BOOKED = words('books state reference attempt reason');
const RATE = words('rateId percent country code category baseMinor taxMinor');
const HISTORY = words('at from to status reason rule source');

describe('--json', () => {
  let paid: number;
  let waiting: number;
  beforeEach(async () => {
    paid = bench.place('completed');
    waiting = bench.place('on-hold');
    bench.shop.state.refund(paid, { amount: micros('1.00'), reason: 'coulance', lines: [] });
    await done('poll');
    await done('export');
  });

  it('of `orders list` gives an array of orders', async () => {
    const orders = listOf(await json('orders', 'list'));
    expect(orders.map(({ id }) => id).sort()).toEqual([paid, waiting]);
    const [forwarded] = orders.filter(({ id }) => id === paid);
    const [parked] = orders.filter(({ id }) => id === waiting);
    expect(keysOf(forwarded)).toEqual(ORDER);
    expect(forwarded).toMatchObject({ shop: 'main', state: 'forwarded', status: 'completed' });
    expect(keysOf(parked)).toEqual(PARKED);
    expect(parked).toMatchObject({ shop: 'main', state: 'parked', status: 'on-hold' });
    expect(await json('orders', 'list', '--state', 'blocked')).toEqual([]);
  });

  it('of `orders show` adds documents, refunds and history', async () => {
    const order = objectOf(await json('orders', 'show', `${paid}`));
    expect(keysOf(order)).toEqual([...ORDER, 'documents', 'refunds', 'history'].sort());
    const [refund] = listOf(order['refunds']);
    expect(keysOf(refund)).toEqual(words('id grossMinor createdAt state reason documentKey'));
    expect(refund).toMatchObject({ grossMinor: 100, state: 'credited' });
    for (const entry of listOf(order['history'])) expect(keysOf(entry)).toEqual(HISTORY);
    expect(listOf(order['documents']).map(keysOf)).toEqual([INVOICE, CREDIT_NOTE]);
  });

  it('of `documents list` gives an array of documents that add up', async () => {
    const documents = listOf(await json('documents', 'list'));
    expect(documents).toHaveLength(2);
    for (const document of documents) {
      expect(keysOf(document)).toEqual(document['kind'] === 'invoice' ? INVOICE : CREDIT_NOTE);
      const { grossMinor, netMinor, taxMinor } = document;
      expect(Number(netMinor) + Number(taxMinor)).toBe(grossMinor);
      for (const rate of listOf(document['taxByRate'])) expect(keysOf(rate)).toEqual(RATE);
      for (const posting of listOf(document['postings'])) {
        expect(keysOf(posting)).toEqual(BOOKED);
        expect(posting).toMatchObject({ books: 'journal', state: 'booked' });
      }
    }
  });

  it('of `documents show` gives one document whole', async () => {
    const document = await json('documents', 'show', `main/${paid}/invoice`);
    const whole = 'lines groups settlements buyer deliveryCountry notes couponCodes discountMinor';
    expect(keysOf(document)).toEqual([...INVOICE, ...words(whole)].sort());
  });

  it('of `why` gives the order, sentences, documents, history, and what comes next', async () => {
    const why = objectOf(await json('why', `${waiting}`));
    const more = words('sentences documents history webhooks nextPollAt nextBatchAt');
    expect(keysOf(why)).toEqual([...PARKED, ...more].sort());
    expect(why['nextPollAt']).toBe('2026-11-02T12:15:00.000Z');
    expect(why['nextBatchAt']).toBe('2026-11-03T02:30:00.000Z');
  });

  it('of `statement` gives both counts and the money by state, and the difference', async () => {
    const statement = objectOf(await json('statement'));
    expect(keysOf(statement)).toEqual(words('from to shops'));
    expect(statement).toMatchObject({ from: '2026-10-12', to: '2026-11-02' });
    const [shop] = listOf(statement['shops']);
    expect(keysOf(shop)).toEqual(
      words('shop from to madeAt listed states notListed difference vat'),
    );
    expect(keysOf(shop?.['states'])).toEqual(
      words('parked forwarded ignored blocked expired withdrawn'),
    );
    expect(objectOf(shop?.['states'])['forwarded']).toMatchObject({ count: 1 });
    expect(keysOf(objectOf(shop?.['states'])['forwarded'])).toEqual(words('count byCurrency'));
    expect(shop?.['difference']).toEqual({ count: 0, byCurrency: {}, orderIds: [], orders: [] });
    const vat = words('currency percent country code baseMinor taxMinor');
    expect(listOf(shop?.['vat']).map(keysOf)).toEqual([vat]);
  });

  it('of `poll` gives a report a shop, with its runs', async () => {
    const [report] = listOf(await json('poll'));
    expect(keysOf(report)).toEqual(words('shop state runs'));
    expect(report).toMatchObject({ shop: 'main', state: 'done' });
    const runs = listOf(report?.['runs']);
    expect(runs.map(({ kind }) => kind)).toEqual(['poll', 'refund-sweep']);
    for (const run of runs) expect(keysOf(run)).toEqual(words('kind state counts'));
  });

  it('of `batch` gives a report a shop, with its statement', async () => {
    const [report] = listOf(await json('batch'));
    expect(keysOf(report)).toEqual(words('shop state run expired statement'));
    expect(report).toMatchObject({ shop: 'main', state: 'done', expired: [] });
    expect(await json('batch')).toEqual([{ shop: 'main', state: 'already-done' }]);
  });

  it('of `export` gives a report a books', async () => {
    const counts = { booked: 0, retrying: 0, rejected: 0, uncertain: 0, abandoned: 0 };
    expect(await json('export')).toEqual([{ books: 'journal', ...counts }]);
  });

  it('of `check` gives findings', async () => {
    const findings = listOf(await json('check'));
    for (const finding of findings) {
      expect(keysOf(finding)).toEqual(
        words(finding['level'] === 'ok' ? 'about level message' : 'about level message fix'),
      );
    }
    const about = new Set(findings.map((finding) => finding['about']));
    expect([...about]).toEqual(['config', 'database', 'shop main', 'books journal']);
  });

  it('of `postings list` gives postings with the key of their document', async () => {
    const postings = listOf(await json('postings', 'list'));
    expect(postings).toHaveLength(2);
    for (const posting of postings) {
      expect(keysOf(posting)).toEqual([...BOOKED, 'documentKey'].sort());
    }
  });

  it('of `orders forward` and `orders recheck` gives the orders as they are then', async () => {
    const rechecked = listOf(await json('orders', 'recheck', `${waiting}`));
    expect(rechecked.map(keysOf)).toEqual([PARKED]);
    const [forwarded] = listOf(await json('orders', 'forward', `${waiting}`));
    expect(forwarded).toMatchObject({ state: 'forwarded', decision: 'forward' });
    const withDecision = [...PARKED, 'decision'].filter((key) => key !== 'expiresAt');
    expect(keysOf(forwarded)).toEqual(withDecision.sort());
  });
});

describe('a decision of a person', () => {
  it('books an order whatever its status, and once booked it stays booked', async () => {
    const id = bench.place('on-hold');
    await done('poll');
    expect((await done('orders', 'forward', `${id}`)).out).toContain('is forwarded');
    await done('orders', 'forward', `${id}`, '--undo');
    expect(await json('orders', 'show', `${id}`)).toMatchObject({ state: 'forwarded' });
    expect(await json('documents', 'list')).toHaveLength(1);
  });

  it('leaves an order out until it is taken back', async () => {
    const id = bench.place('on-hold');
    await done('poll');
    expect((await done('orders', 'ignore', `${id}`)).out).toContain('is ignored');
    bench.passDays(1);
    bench.shop.state.setStatus(id, 'processing');
    await done('poll');
    const ignored = { state: 'ignored', status: 'processing', decision: 'ignore' };
    expect(await json('orders', 'show', `${id}`)).toMatchObject(ignored);
    expect((await done('orders', 'ignore', `${id}`, '--undo')).out).toContain('is forwarded');
  });

  it('ends with 7 where it cannot be followed', async () => {
    bench.configure({}, { vat: [{ percent: 9, country: 'NL', code: 'NL9' }] });
    const id = bench.place('on-hold');
    await done('poll');
    const { code, out } = await bench.cli('orders', 'forward', `${id}`);
    expect(code).toBe(EXIT.attention);
    expect(out).toContain('is blocked');
  });
});

describe('an order parked past the look-back', () => {
  it('expires with 7, gets another look-back by recheck, and is then booked', async () => {
    const id = bench.place('on-hold');
    await done('poll');
    bench.passDays(23);
    const batch = await bench.cli('batch', '--json');
    expect(batch.code).toBe(EXIT.attention);
    expect(JSON.parse(batch.out)).toMatchObject([{ expired: [id] }]);
    expect(await json('orders', 'list', '--state', 'expired')).toMatchObject([{ id }]);

    const [again] = listOf(await json('orders', 'recheck', '--state', 'expired'));
    expect(again).toMatchObject({ id, state: 'parked', expiresAt: '2026-12-16T23:00:00.000Z' });
    bench.shop.state.setStatus(id, 'processing');
    await done('orders', 'recheck', `${id}`);
    expect(await json('orders', 'show', `${id}`)).toMatchObject({ state: 'forwarded' });
  });
});

describe('check', () => {
  const findings = async (cli = bench.cli) => {
    const { code, out } = await cli('check', '--json');
    const ofShop = listOf(JSON.parse(out)).filter(({ about }) => about === 'shop main');
    return { code, findings: ofShop.filter(({ level }) => level !== 'ok') };
  };

  it('finds a key that the shop does not know', async () => {
    const found = await findings(bench.cliWith({ env: { TEST_KEY: 'ck_wrong' } }));
    expect(found.code).toBe(EXIT.attention);
    expect(found.findings).toMatchObject([{ about: 'shop main', level: 'error' }]);
    const [{ message, fix } = {}] = found.findings;
    expect(message).toContain('401');
    expect(fix).toMatch(/key/);
  });

  it('finds a status that no rule names, and leaves the exit code at 0', async () => {
    bench.shop.state.registerStatus('waiting-for-stock', 'Waiting for stock');
    bench.place('waiting-for-stock');
    const found = await findings();
    expect(found.code).toBe(EXIT.done);
    expect(found.findings).toEqual([
      {
        about: 'shop main',
        level: 'warning',
        message: 'no rule names the status "waiting-for-stock" (1 order); such orders wait',
        fix: expect.stringContaining('statuses: forward'),
      },
    ]);
  });

  it('finds a VAT rate that the mapping does not cover, with the line to add', async () => {
    bench.configure({}, { vat: [{ percent: 9, country: 'NL', code: 'NL9' }] });
    bench.place('processing');
    const found = await findings();
    expect(found.code).toBe(EXIT.attention);
    expect(found.findings).toMatchObject([{ about: 'shop main', level: 'error' }]);
    const [{ message, fix } = {}] = found.findings;
    expect(message).toContain('would be blocked');
    expect(fix).toMatch(/percent: 21, country: NL/);
  });
});

describe('exit codes', () => {
  const usage: [string, ...string[]][] = [
    ['a command that is not there', 'bokk'],
    ['an option that is not there', 'poll', '--fast'],
    ['an argument that is missing', 'why'],
    ['a day that is none', 'statement', '--from', '2026-02-30'],
    [
      'a period that ends before it begins',
      'statement',
      '--from',
      '2026-11-02',
      '--to',
      '2026-11-01',
    ],
    ['a state that is not there', 'orders', 'list', '--state', 'lost'],
    ['a shop that is not configured', 'poll', 'other'],
    ['books that are not configured', 'export', 'ledger'],
    ['a recheck of nothing', 'orders', 'recheck'],
  ];
  it.each(usage)('2 for %s', async (_, ...args) => {
    const { code, out, err } = await bench.cli(...args);
    expect(code).toBe(EXIT.usage);
    expect(out).toBe('');
    expect(err).toMatch(/^error: /);
  });

  it('0 for help and version', async () => {
    expect(await bench.cli('--help')).toMatchObject({ code: EXIT.done, err: '' });
    expect((await bench.cli('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('1 for an order or a document that is not known', async () => {
    for (const args of [
      ['why', '999'],
      ['orders', 'show', '999'],
      ['documents', 'show', '999'],
    ]) {
      expect(await bench.cli(...args)).toMatchObject({ code: EXIT.failed, out: '' });
    }
  });

  it('3 for a configuration with problems', async () => {
    bench.configure({ url: 'ftp://shop' }, {});
    expect(await bench.cli('orders', 'list')).toMatchObject({ code: EXIT.config, out: '' });
  });

  it('4 for a database that is none', async () => {
    writeFileSync(join(bench.folder, 'orderpark.db'), 'a shopping list\n'.repeat(100));
    expect(await bench.cli('orders', 'list')).toMatchObject({ code: EXIT.database, out: '' });
  });

  it('6 for a shop or books that cannot be reached', async () => {
    bench.place('processing');
    await done('poll');
    writeFileSync(join(bench.folder, 'books'), 'not a folder');
    expect(await bench.cli('export')).toMatchObject({ code: EXIT.incomplete });
    await bench.shop.close();
    for (const args of [['poll'], ['batch'], ['statement']]) {
      expect(await bench.cli(...args), args.join(' ')).toMatchObject({ code: EXIT.incomplete });
    }
  });

  it('7 for a statement with a difference, which names the order', async () => {
    bench.place('processing');
    const broken = bench.place('processing');
    await done('poll');
    bench.shop.setFaults({ rates: {}, badOrders: [broken] });
    const { code, out } = await bench.cli('statement', '--json');
    expect(code).toBe(EXIT.attention);
    expect(JSON.parse(out)).toMatchObject({
      shops: [{ difference: { count: 1, orderIds: [broken] } }],
    });
  });
});

describe('what is printed', () => {
  const CLEAR_SCREEN = '\u001b[2J';
  const TITLE = '\u001b]0;owned\u0007';
  /** The same as an escape sequence, in one character. */
  const C1 = '\u009b31m';
  const BACKWARDS = '\u202e';
  const HOSTILE = `Eve${CLEAR_SCREEN}${TITLE}${C1}${BACKWARDS}\r\b`;

  const COMMANDS = [
    ['orders', 'list'],
    ['documents', 'list'],
    ['postings', 'list'],
    ['statement'],
    ['check'],
    ['poll'],
    ['batch', '--force'],
    ['export'],
  ];
  async function everything(id: number): Promise<[string, Said][]> {
    const about = [
      ['orders', 'show', `${id}`, '--shop', 'main'],
      ['why', `${id}`],
      ['orders', 'recheck', `${id}`],
      ['documents', 'show', `main/${id}/invoice`],
    ];
    const said: [string, Said][] = [];
    for (const args of [...COMMANDS, ...about]) {
      said.push([args.join(' '), await bench.cli(...args)]);
      said.push([`${args.join(' ')} --json`, await bench.cli(...args, '--json')]);
    }
    return said;
  }

  function hostileOrder(): number {
    const id = bench.place('processing', { more: { number: `7${HOSTILE}` } });
    bench.shop.state.change(id, (content) => ({
      ...content,
      billing: { ...content.billing, firstName: HOSTILE, lastName: HOSTILE, company: HOSTILE },
      lines: content.lines.map((line) => ({ ...line, name: HOSTILE })),
    }));
    return id;
  }

  it('never steers the terminal, whatever a customer typed', async () => {
    const id = hostileOrder();
    await done('poll');
    for (const [args, { code, out, err }] of await everything(id)) {
      expect(code, `${args}: ${err}`).toBe(EXIT.done);
      expect(isPlain(out + err), `${args}: ${JSON.stringify(out + err)}`).toBe(true);
      expect(out + err, args).not.toContain(BACKWARDS);
    }
  });

  it('never steers the terminal, whatever the shop calls its statuses', async () => {
    bench.shop.state.registerStatus(HOSTILE, HOSTILE);
    const id = bench.place(HOSTILE);
    await done('poll');
    for (const [args, { out, err }] of await everything(id)) {
      expect(isPlain(out + err), `${args}: ${JSON.stringify(out + err)}`).toBe(true);
    }
  });

  it('never steers the terminal, whatever the shop answers with', async () => {
    const answer = { code: HOSTILE, message: HOSTILE };
    const sick = createServer((_, response) => {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => sick.listen(0, '127.0.0.1', resolve));
    const address = sick.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    bench.configure({ url: `http://127.0.0.1:${port}` });
    try {
      for (const args of [['poll'], ['batch'], ['statement'], ['check']]) {
        const { code, out, err } = await bench.cli(...args);
        expect(code, args.join(' ')).toBeGreaterThan(EXIT.done);
        expect(out + err, args.join(' ')).toContain('the shop says "Eve');
        expect(isPlain(out + err), `${args}: ${JSON.stringify(out + err)}`).toBe(true);
      }
    } finally {
      sick.close();
    }
  });

  it('never steers the terminal when a number may mean two orders', async () => {
    const id = hostileOrder();
    bench.place('processing', { more: { number: `${id}` } });
    bench.place('processing', { more: { number: `${id}` } });
    // The second invoice of one number is blocked, which a person must hear of.
    expect(await bench.cli('poll')).toMatchObject({ code: EXIT.attention });
    const { code, err } = await bench.cli('why', `${id}`);
    expect(code).toBe(EXIT.usage);
    expect(isPlain(err), JSON.stringify(err)).toBe(true);
  });

  it('has no escape codes but at a terminal with colours', async () => {
    bench.place('processing', { kind: HARD['mixedVat'] });
    await done('poll');
    const wrong = ['why', '999'];
    for (const args of [...COMMANDS, wrong]) {
      const { out, err } = await bench.cli(...args);
      expect(isPlain(out + err), args.join(' ')).toBe(true);
    }
    const colourful = bench.cliWith({ colors: true });
    expect(isPlain((await colourful('check')).out)).toBe(false);
    expect(isPlain((await colourful(...wrong)).err)).toBe(false);
  });

  it('has colours at a terminal alone, and not where NO_COLOR or TERM=dumb asks for none', () => {
    const streams = [process.stdout, process.stderr];
    const before = streams.map(({ isTTY }) => isTTY);
    const hasColors = (env: NodeJS.ProcessEnv) => processTerminal(env).colors.isColorSupported;
    try {
      for (const stream of streams) stream.isTTY = true;
      expect(hasColors({})).toBe(true);
      expect(hasColors({ NO_COLOR: '1' })).toBe(false);
      expect(hasColors({ TERM: 'dumb' })).toBe(false);
      process.stdout.isTTY = false;
      expect(hasColors({})).toBe(false);
    } finally {
      streams.forEach((stream, index) => {
        stream.isTTY = before[index] ?? false;
      });
    }
  });
});
