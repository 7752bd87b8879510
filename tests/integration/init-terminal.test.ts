import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.js';
import { loadConfig } from '../../src/config/load.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { systemClock } from '../../src/runtime/clock.js';
import { buildProgram, type Program } from '../support/program.js';
import {
  type AtTerminal,
  CTRL_C,
  CTRL_U,
  DOWN,
  ENTER,
  mustSkipTerminals,
  SPACE,
  startAtTerminal,
} from '../support/pseudo-terminal.js';

const KEY = `ck_${'a1b2c3d4'.repeat(5)}`;
const SECRET = `cs_${'9f8e7d6c'.repeat(5)}`;

const skip = mustSkipTerminals();
describe.skipIf(skip)(
  `init at a terminal${skip ? ' (python3 is not installed, and CI is not set)' : ''}`,
  () => {
    let program: Program;
    let shop: DemoShop;
    let folder: string;
    let terminal: AtTerminal | undefined;

    beforeAll(() => {
      program = buildProgram();
    });
    afterAll(() => program.remove());
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'orderpark-terminal-'));
      shop = await startDemoShop({
        clock: systemClock,
        seed: 3,
        orders: 130,
        timezone: 'Europe/Amsterdam',
        credentials: [{ consumerKey: KEY, consumerSecret: SECRET, permissions: 'read_write' }],
      });
    });
    afterEach(async () => {
      terminal?.kill();
      await terminal?.ended;
      await shop.close();
      rmSync(folder, { recursive: true });
    });

    function start(...args: string[]): AtTerminal {
      const command = [process.execPath, join(program.dist, 'main.js'), 'init', ...args];
      terminal = startAtTerminal(command, { cwd: folder });
      return terminal;
    }

    /** What a person sees at each question, and does; the first that is wrong is put right. */
    const QUESTIONS: readonly (readonly [sees: string, keys: () => string])[] = [
      ["The shop's address", () => `no address${ENTER}`],
      ['That is no web address', () => `${CTRL_U}${shop.url}/wp-json/nowhere${ENTER}`],
      ['Public https address', () => `http://orderpark.example.com${ENTER}`],
      ['within seconds?', () => ENTER],
      ['How do you want to give the key', () => `${DOWN}${ENTER}`],
      ['Consumer key', () => `${SECRET}${ENTER}`],
      ['That is the consumer secret', () => `${KEY}${ENTER}`],
      ['Consumer secret', () => `cs_wrong${ENTER}`],
      // The shop refuses the pair, and it is asked for again.
      ['That did not work', () => ''],
      ['How do you want to give the key', () => `${DOWN}${ENTER}`],
      ['Consumer key', () => `${KEY}${ENTER}`],
      ['Consumer secret', () => `${SECRET}${ENTER}`],
      ['First day that is not in your books', () => ENTER],
      ['Your company', () => `${CTRL_U}Mijn Zaak BV${ENTER}`],
      ['Your VAT number', () => `NL123456789B01${ENTER}`],
      ['Where are invoices to be booked?', () => `${DOWN}${SPACE}${ENTER}`],
      ['The program you read the journal with', () => `${DOWN}${DOWN}${ENTER}`],
    ];

    async function answer(at: AtTerminal, count = QUESTIONS.length): Promise<void> {
      for (const [sees, keys] of QUESTIONS.slice(0, count)) {
        await at.sees(sees);
        const pressed = keys();
        if (pressed !== '') at.press(pressed);
      }
    }

    it('leads from the address to a checked config and webhooks, and echoes no key', async () => {
      const at = start();
      await answer(at);
      await at.sees('Make the webhooks in the shop now?');
      at.press(ENTER);
      expect(await at.ended, at.shown()).toBe(EXIT.attention);
      for (const secret of [KEY, SECRET, KEY.slice(0, 12), SECRET.slice(0, 12)]) {
        expect(at.shown()).not.toContain(secret);
      }
      expect(at.shown()).toContain(
        'Wrote secrets/main-key, secrets/main-secret, secrets/main-webhook, orderpark.yaml',
      );
      expect(at.shown()).toContain('4 webhooks made');
      const result = loadConfig({ path: join(folder, 'orderpark.yaml'), env: {} });
      expect(result).toMatchObject({
        ok: true,
        warnings: [],
        config: {
          seller: { name: 'Mijn Zaak BV', vatNumber: 'NL123456789B01' },
          books: [{ type: 'journal', flavour: 'beancount' }, { type: 'files' }],
          shops: [{ url: shop.url, consumerKey: KEY, consumerSecret: SECRET }],
        },
      });
      expect(shop.webhooks.all()).toHaveLength(4);
    });

    it('asks before it replaces a file, and leaves it where that is not wanted', async () => {
      const first = start('--yes', '--url', shop.url, '--no-webhook');
      await first.sees('Consumer key');
      first.press(`${KEY}${ENTER}`);
      await first.sees('Consumer secret');
      first.press(`${SECRET}${ENTER}`);
      await first.ended;
      const before = readFileSync(join(folder, 'orderpark.yaml'), 'utf8');
      const again = start();
      await again.sees('orderpark.yaml is there already. Replace it?');
      again.press(ENTER);
      expect(await again.ended).toBe(EXIT.usage);
      expect(readFileSync(join(folder, 'orderpark.yaml'), 'utf8')).toBe(before);
    });

    it.each([1, 6, 16])('Ctrl-C at question %i leaves nothing', async (question) => {
      const at = start();
      await answer(at, question - 1);
      await at.sees(QUESTIONS[question - 1]?.[0] ?? '');
      at.press(CTRL_C);
      expect(await at.ended, at.shown()).toBe(EXIT.incomplete);
      expect(at.shown()).toContain('Stopped. Nothing was written.');
      expect(readdirSync(folder)).toEqual([]);
    });

    it('Ctrl-C while the shop is read leaves nothing', async () => {
      const at = start('--yes', '--url', shop.url, '--no-webhook');
      shop.onRequest(({ path }) => {
        if (path.endsWith('/reports/orders/totals')) at.press(CTRL_C);
      });
      // Slow enough for the terminal to hand the key on before all is read.
      shop.setFaults({ rates: { slow: 1 }, slowMs: 500 });
      await at.sees('Consumer key');
      at.press(`${KEY}${ENTER}`);
      await at.sees('Consumer secret');
      at.press(`${SECRET}${ENTER}`);
      expect(await at.ended, at.shown()).toBe(EXIT.incomplete);
      expect(at.shown()).toContain('Stopped. Nothing was written.');
      expect(readdirSync(folder)).toEqual([]);
    });

    it('a terminal that says it has no size, as serial consoles do, is asked all the same', async () => {
      const command = [process.execPath, join(program.dist, 'main.js'), 'init'];
      const at = startAtTerminal(command, { cwd: folder, hasSize: false });
      terminal = at;
      await answer(at, 2);
      await at.sees('Public https address');
      at.press(CTRL_C);
      expect(await at.ended, at.shown()).toBe(EXIT.incomplete);
    });

    it('SIGTERM at a question leaves nothing', async () => {
      const at = start('--yes', '--no-webhook');
      await at.sees("The shop's address");
      at.terminate();
      expect(await at.ended, at.shown()).toBe(EXIT.incomplete);
      expect(at.shown()).toContain('Stopped. Nothing was written.');
    });

    it('Ctrl-C after the files are there says so', async () => {
      const at = start();
      await answer(at);
      await at.sees('Make the webhooks in the shop now?');
      at.press(CTRL_C);
      expect(await at.ended).toBe(EXIT.incomplete);
      expect(at.shown()).toContain('Stopped. orderpark.yaml is written.');
      expect(shop.webhooks.all()).toEqual([]);
      const result = loadConfig({ path: join(folder, 'orderpark.yaml'), env: {} });
      expect(result.ok).toBe(true);
    });
  },
);
