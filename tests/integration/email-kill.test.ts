import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../src/demo/random.js';
import type { EmailSettings } from '../../src/export/destinations/email/settings.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store, StoredPosting } from '../../src/store/store.js';
import { documentOf } from '../support/documents.js';
import { emailSettings } from '../support/email.js';
import { queue, TestClock } from '../support/export.js';
import { type Running, startNode, until } from '../support/program.js';
import {
  type MailServer,
  messageIdOf,
  openMailServer,
  type ReceivedMail,
} from '../support/smtp.js';
import type { SenderTask } from './email-kill/sender.js';

/** Set KILL_SEED to draw the same moments of the kills again. */
const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1_000_000));
/** A process is killed at most so long after its first connection: some mails later. */
const SPAN_MS = 500;
/** The server takes its time before it has a mail, and before it says so. */
const SLOW_MS = 60;
const DAY_MS = 86_400_000;

const SENDER = fileURLToPath(new URL('./email-kill/sender.ts', import.meta.url));

let random: Random;
let folder: string;
let store: Store;
let server: MailServer;
let connections: number;

beforeEach(async () => {
  random = seededRandom(SEED);
  folder = mkdtempSync(join(tmpdir(), 'orderpark-email-kill-'));
  store = await openStore({ database: database(), clock: { now: () => Date.now() } });
  connections = 0;
  const ownRandom = seededRandom(SEED + 1);
  const slowly = () => sleep(ownRandom.next() * SLOW_MS);
  server = await openMailServer({
    beforeTaking: slowly,
    afterTaking: slowly,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
  });
});
afterEach(async () => {
  await store.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const database = () => join(folder, 'orderpark.db');

function start(settings: EmailSettings, more: Partial<SenderTask> = {}): Running {
  const task: SenderTask = { database: database(), settings, aheadMs: 0, isOnce: false, ...more };
  return startNode(['--import', 'tsx', SENDER, JSON.stringify(task)]);
}

/** Whether it died with a mail under way. */
async function killOne(settings: EmailSettings): Promise<boolean> {
  const before = connections;
  const victim = start(settings);
  await until(
    () => connections > before || victim.child.exitCode !== null,
    () => victim.output.err,
  );
  await sleep(random.next() * SPAN_MS);
  victim.child.kill('SIGKILL');
  await victim.ended;
  const { sending } = await store.postingCounts('books');
  return sending > 0;
}

/** Kills it so often at work, and lets it end its work then. Answers how each document is. */
async function killAndFinish(
  settings: EmailSettings,
  wanted: { readonly kills: number; readonly documents: number },
): Promise<Fate[]> {
  const clock = new TestClock(Date.now() - DAY_MS);
  const documents = Array.from({ length: wanted.documents }, (_, index) =>
    documentOf({ orderId: index + 1, lines: [{ netMinor: 1000, rates: ['NL21'] }] }),
  );
  await queue(store, documents, 'books', clock);
  let kills = 0;
  for (let round = 1; kills < wanted.kills; round += 1) {
    expect(round, `seed ${SEED}: too few kills met a process at work`).toBeLessThan(
      2 * wanted.kills,
    );
    if (await killOne(settings)) kills += 1;
  }
  const last = await start(settings, { isOnce: true, aheadMs: 10 * DAY_MS }).ended;
  expect(last.code, `seed ${SEED}: ${last.err}`).toBe(0);
  const postings = await store.listPostings({ books: 'books' }, 10 * wanted.documents);
  expect(postings).toHaveLength(wanted.documents);
  const fates = postings.map((posting) => fateOf(posting, server.mails));
  console.log(`seed ${SEED}: ${kills} kills, ${wanted.documents} documents, ${told(fates)}`);
  return fates;
}

interface Fate {
  readonly state: StoredPosting['state'];
  /** The mails that the server took over with the document in them. */
  readonly mails: readonly ReceivedMail[];
}

function fateOf({ documentKey, state }: StoredPosting, mails: readonly ReceivedMail[]): Fate {
  const file = `filename=${documentKey.split('/')[1]}.pdf`;
  return { state, mails: mails.filter(({ text }) => text.includes(`${file}\r\n`)) };
}

/** How many documents ended in which state, received how often. */
function told(fates: readonly Fate[]): string {
  const counts = new Map<string, number>();
  for (const { state, mails } of fates) {
    const name = `${state} and received ${mails.length} times`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name}: ${count}`).join('; ');
}

function expectNoneTwice(fates: readonly Fate[]): void {
  for (const { state, mails } of fates) {
    expect(['booked', 'uncertain'], `seed ${SEED}`).toContain(state);
    expect(mails.length, `seed ${SEED}`).toBeLessThanOrEqual(1);
    if (state === 'booked') expect(mails, `seed ${SEED}`).toHaveLength(1);
  }
}

test('killed 30 times: each document is booked and received once, or a person is asked', async () => {
  const wanted = { kills: 30, documents: 120 };
  const fates = await killAndFinish(emailSettings({ smtp: server.url }), wanted);
  expectNoneTwice(fates);
  // A kill leaves the one document in doubt that was under way.
  const asked = fates.filter(({ state }) => state === 'uncertain');
  expect(asked.length, `seed ${SEED}`).toBeLessThanOrEqual(wanted.kills);
}, 600_000);

test('killed 15 times where a mail may come twice: each is received, and recognised', async () => {
  const settings = emailSettings({ smtp: server.url, whenUncertain: 'send-again' });
  for (const { state, mails } of await killAndFinish(settings, { kills: 15, documents: 60 })) {
    expect(state, `seed ${SEED}`).toBe('booked');
    expect(mails.length, `seed ${SEED}`).toBeGreaterThanOrEqual(1);
    expect(new Set(mails.map(messageIdOf)).size, `seed ${SEED}`).toBe(1);
  }
}, 600_000);

test('killed 15 times over digests: only the mail that was under way is left to a person', async () => {
  const wanted = { kills: 15, documents: 200 };
  // Room for three documents or so.
  const digest = { digestAt: '00:00', largestMegabytes: 0.12 };
  const fates = await killAndFinish(emailSettings({ smtp: server.url, ...digest }), wanted);
  expectNoneTwice(fates);
  const counts = server.mails.map(({ text }) => text.match(/filename=\d+\.pdf/g)?.length ?? 0);
  const most = Math.max(...counts);
  expect(most).toBeGreaterThan(1);
  const asked = fates.filter(({ state }) => state === 'uncertain');
  expect(asked.length, `seed ${SEED}`).toBeLessThanOrEqual(wanted.kills * most);
}, 600_000);
