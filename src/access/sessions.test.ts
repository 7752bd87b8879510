import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { createAccess } from './access.js';
import { createSessions, type Sessions } from './sessions.js';

let folder: string;
let store: Store;
let sessions: Sessions;
let nowMs: number;
const clock = { now: () => nowMs };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-sessions-'));
  nowMs = Date.parse('2026-11-20T12:00:00Z');
  store = await openStore({ database: join(folder, 'orderpark.db'), clock });
  sessions = createSessions({ store, clock, randomBytes, hours: 12 });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a session', () => {
  it('is its owner’s until its hours are over', async () => {
    const cookie = await sessions.open('sanne');
    nowMs += 12 * 3_600_000 - 1;
    expect(await sessions.nameOf(cookie)).toBe('sanne');
    nowMs += 1;
    expect(await sessions.nameOf(cookie)).toBeUndefined();
  });

  it('is over once it is closed, and no other with it', async () => {
    const [first, second] = [await sessions.open('sanne'), await sessions.open('sanne')];
    await sessions.close(first);
    expect(await sessions.nameOf(first)).toBeUndefined();
    expect(await sessions.nameOf(second)).toBe('sanne');
  });

  it('cannot be had from what is stored: that is a hash of the cookie', async () => {
    const cookie = await sessions.open('sanne');
    expect(await store.session(cookie)).toBeUndefined();
  });

  it.each(['', 'x', '../../etc/passwd', 'a'.repeat(43)])('%j is nobody’s', async (cookie) => {
    expect(await sessions.nameOf(cookie)).toBeUndefined();
  });

  it('that is over is forgotten when the next begins', async () => {
    const cookie = await sessions.open('sanne');
    nowMs += 13 * 3_600_000;
    await sessions.open('piet');
    nowMs -= 13 * 3_600_000;
    expect(await sessions.nameOf(cookie)).toBeUndefined();
  });
});

describe('somebody with a session', () => {
  const user = (role: 'viewer' | 'admin') => ({ name: 'sanne', passwordHash: '', role });
  const settings = (users: readonly ReturnType<typeof user>[]) => ({
    users,
    tokens: [],
    sessionHours: 12,
  });

  it('has the role that the config gives them now', async () => {
    const cookie = await sessions.open('sanne');
    for (const role of ['admin', 'viewer'] as const) {
      const access = createAccess(settings([user(role)]), sessions, clock);
      expect(await access.bySession(cookie)).toEqual({ name: 'sanne', role });
    }
  });

  it('is nobody once the config no longer names them', async () => {
    const cookie = await sessions.open('sanne');
    expect(await createAccess(settings([]), sessions, clock).bySession(cookie)).toBeUndefined();
    const token = await sessions.open('token:script');
    expect(await createAccess(settings([]), sessions, clock).bySession(token)).toBeUndefined();
  });
});
