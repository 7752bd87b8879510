import { join } from 'node:path';
import { loadSqlite } from '../src/store/sqlite/native.js';
import { inFolder, median, percentile } from './measure.js';
import { atLeast, type Row, shown, told } from './row.js';
import { DIFFERENT_ORDERS, deliveryOf } from './webhook-deliveries.js';
import { load } from './webhook-load.js';
import { type MeasuredProcess, startMeasured } from './webhook-process.js';

const KINDS = ['ours', 'grouped', 'single'] as const;
type Kind = (typeof KINDS)[number];

const CONNECTIONS = 32;
const ROUNDS = 9;
const SECONDS = 2;
const WARM_UP_SECONDS = 4;

interface Round {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMs: number;
}

interface Contestant {
  readonly kind: Kind;
  readonly database: string;
  readonly server: MeasuredProcess;
  readonly rounds: Round[];
  answered: number;
}

/** Durable intake of webhooks against the least that express can do. Servers and load are processes of their own. */
export async function measureWebhookIntake(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const contestants: Contestant[] = [];
    try {
      for (const kind of KINDS) {
        const database = join(folder, `${kind}.db`);
        const server = await startMeasured('./webhook-server.js', [kind, database]);
        contestants.push({ kind, database, server, rounds: [], answered: 0 });
      }
      for (const one of contestants) await loadOnce(one, WARM_UP_SECONDS);
      for (let round = 0; round < ROUNDS; round += 1) {
        // Each comes first in turn, so that none has a better place.
        for (const index of KINDS.keys()) {
          const one = contestants[(index + round) % contestants.length];
          if (one) one.rounds.push(await loadOnce(one, SECONDS));
        }
      }
    } finally {
      await Promise.all(contestants.map(({ server }) => server.stop()));
    }
    for (const one of contestants) await requireAllStored(one);
    return rowsOf(contestants);
  });
}

const requests = Array.from({ length: DIFFERENT_ORDERS }, (_, index) => deliveryOf(index + 1));
let sent = 0;

function nextRequest(): Buffer {
  sent += 1;
  return requests[sent % DIFFERENT_ORDERS] ?? deliveryOf(sent);
}

async function loadOnce(one: Contestant, seconds: number): Promise<Round> {
  const { url } = one.server;
  await one.server.figures();
  const result = await load({ url, connections: CONNECTIONS, seconds, next: nextRequest });
  const { cpuMs } = await one.server.figures();
  one.answered += result.answered;
  return {
    rate: result.perSecond,
    p50: percentile(result.latenciesMs, 0.5),
    p99: percentile(result.latenciesMs, 0.99),
    cpuMs: cpuMs / result.answered,
  };
}

/** What was answered 2xx and is not there would make any rate worthless. */
async function requireAllStored({ kind, database, answered }: Contestant): Promise<void> {
  const Native = await loadSqlite();
  const db = new Native(database, { readonly: true });
  try {
    const stored = db.prepare('select count(*) from nudges').pluck().get();
    if (stored !== answered) throw new Error(`${kind}: ${answered} answered, ${stored} stored`);
  } finally {
    db.close();
  }
}

function rowsOf(contestants: readonly Contestant[]): Row[] {
  const roundsOf = (kind: Kind) => contestants.find((one) => one.kind === kind)?.rounds ?? [];
  // Of the rounds side by side, so that what slowed the machine down slowed both.
  const against = (kind: Kind) =>
    median(
      roundsOf('ours').map(({ rate }, round) => rate / (roundsOf(kind)[round]?.rate ?? Number.NaN)),
    );
  return [
    atLeast('durable intake / bare express, the same group commit', against('grouped'), 0.9, 'x'),
    atLeast('durable intake / bare express, a commit a request', against('single'), 3, 'x'),
    told('durable intake', summary(roundsOf('ours'))),
    told('bare express, HMAC and the same group commit', summary(roundsOf('grouped'))),
    told('bare express, HMAC and a commit a request', summary(roundsOf('single'))),
    told(
      'CPU a delivery: ours; group commit; a commit a request',
      KINDS.map((kind) => shown(median(roundsOf(kind).map(({ cpuMs }) => cpuMs)))).join('; ') +
        ' ms',
    ),
  ];
}

function summary(rounds: readonly Round[]): string {
  const of = (pick: (round: Round) => number) => shown(median(rounds.map(pick)));
  return `${of(({ rate }) => rate)} a second, p50 ${of(({ p50 }) => p50)}, p99 ${of(({ p99 }) => p99)} ms`;
}
