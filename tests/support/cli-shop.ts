import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrivenClock } from '../../src/demo/driven-clock.js';
import { EVERYDAY, HARD, type OrderKind } from '../../src/demo/kinds.js';
import type { Placement } from '../../src/demo/placement.js';
import { seededRandom } from '../../src/demo/random.js';
import { type DemoShop, startDemoShop } from '../../src/demo/shop-server.js';
import { systemClock } from '../../src/runtime/clock.js';
import { type Cli, type CliSettings, createCli } from './cli.js';
import { KEYS, type OwnerShop, writeOwnerFile } from './owner-file.js';

/** A demo shop in this process and the commands on it, both by one clock. */
export interface CliShop {
  readonly shop: DemoShop;
  readonly clock: DrivenClock;
  readonly folder: string;
  readonly cli: Cli;
  /** The commands under other circumstances. */
  cliWith(settings: Partial<CliSettings>): Cli;
  /** Writes the owner's file anew. */
  configure(own: OwnerShop['more'], more?: Readonly<Record<string, unknown>>): void;
  /** Places an order that then gets this status; answers its id. */
  place(status: string, wish?: { kind?: OrderKind | undefined; more?: Partial<Placement> }): number;
  passDays(days: number): void;
  close(): Promise<void>;
}

const START_MS = Date.parse('2026-11-02T12:00:00Z');
const DAY_MS = 86_400_000;

export async function openCliShop(): Promise<CliShop> {
  const clock = new DrivenClock(START_MS);
  const random = seededRandom(7);
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-cli-'));
  const shop = await startDemoShop({
    clock,
    // The OAuth library signs by the machine's clock.
    signatureClock: systemClock,
    seed: 7,
    timezone: 'Europe/Amsterdam',
    credentials: [{ ...KEYS, permissions: 'read_write' }],
  });
  const config = join(folder, 'orderpark.yaml');
  const configure: CliShop['configure'] = (own = {}, more = {}) => {
    writeOwnerFile(folder, { shops: [{ url: shop.url, more: own }], more });
  };
  configure({});
  const cliWith = (settings: Partial<CliSettings>) =>
    createCli({ config, overrides: { clock, sleep: async () => {} }, ...settings });
  return {
    shop,
    clock,
    folder,
    cli: cliWith({}),
    cliWith,
    configure,
    place(status, { kind = ORDINARY, more = {} } = {}) {
      const id = shop.state.place({ ...kind(random), ...more });
      shop.state.setStatus(id, status);
      return id;
    },
    passDays: (days) => clock.set(clock.now() + days * DAY_MS),
    async close() {
      await shop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ORDINARY: OrderKind = EVERYDAY[0] ?? HARD['mixedVat'] ?? fail;

function fail(): never {
  throw new RangeError('the demo has no everyday orders');
}
