import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../src/orders/time.js';
import { aHistoryEntry } from '../conformance/store/samples.js';
import { type Office, openOffice, type Visitor } from '../support/office.js';
import { ok, type Receiver, startReceiver } from '../support/receiver.js';

/* Outbound webhooks on the page, as a browser without JavaScript has it. */

const PATH = '/subscriptions';
const NEVER = new AbortController().signal;
const HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
/** What a secret looks like wherever it stands. */
const SECRET = /whsec_[\w+/=]{20,}/;

let office: Office;
let receiver: Receiver;
let operator: Visitor;
let viewer: Visitor;
let accountant: Visitor;

beforeAll(async () => {
  [office, receiver] = await Promise.all([openOffice(), startReceiver()]);
  [operator, viewer, accountant] = await Promise.all([
    office.logIn('operator'),
    office.logIn('viewer'),
    office.logIn('accountant'),
  ]);
});
afterAll(async () => {
  await receiver.close();
  await office.close();
});
beforeEach(async () => {
  receiver.answer = ok;
  receiver.received.length = 0;
  for (const { id } of await office.app.outbound.list()) await office.app.outbound.remove(id);
});

const keyIn = (text: string) => /name="key" value="([\w-]+)"/.exec(text)?.[1] ?? '';
const newKey = async () => keyIn((await operator.get(`${PATH}/new`)).text);
const list = () => office.app.outbound.list();

async function subscribe(more: object = {}): Promise<string> {
  const created = await office.app.outbound.create({ url: receiver.url, ...more });
  if (created.kind !== 'created') throw new Error(JSON.stringify(created));
  return created.subscription.id;
}

/** So many orders are parked, and what that leads to is delivered. */
async function happen(count = 1): Promise<void> {
  const { app } = office;
  const [order] = await app.store.listOrders({}, { limit: 1 });
  if (!order) throw new Error('the shop has no order');
  const at = instantOf(app.clock.now());
  for (let each = 0; each < count; each += 1) {
    const entry = aHistoryEntry(order.id, { shop: order.shop, at, to: 'parked' });
    await app.store.transaction((tx) => tx.addHistory([entry]));
  }
  await app.outbound.deliverDue(NEVER);
}

const act = (id: string, form: Record<string, string>, who = operator) =>
  who.post(`${PATH}/${id}/act`, form);

describe('who may come here', () => {
  it('those who may manage them, and nobody else', async () => {
    const id = await subscribe();
    const pages = [PATH, `${PATH}/new`, `${PATH}/${id}`, `${PATH}/${id}/edit`];
    for (const path of pages) {
      expect((await operator.get(path)).status).toBe(200);
      for (const who of [viewer, accountant]) expect((await who.get(path)).status).toBe(403);
    }
    expect((await viewer.get('/')).text).not.toContain(`href="${PATH}"`);
    expect((await operator.get('/')).text).toContain(`href="${PATH}"`);
    const answer = await fetch(office.url + PATH, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/login?to=%2Fsubscriptions');
  });

  it('no form is taken that is of another role, or without its token', async () => {
    const id = await subscribe();
    const forms = [
      [`${PATH}/new`, { url: receiver.url, key: await newKey() }],
      [`${PATH}/${id}/edit`, { url: receiver.url }],
      [`${PATH}/${id}/act`, { action: 'remove', confirmed: 'yes' }],
    ] as const;
    for (const [path, form] of forms) {
      expect((await viewer.post(path, form)).status).toBe(403);
      expect((await operator.post(path, form, { token: 'another' })).status).toBe(403);
      expect((await operator.post(path, form, { token: '' })).status).toBe(403);
    }
    expect(await list()).toHaveLength(1);
  });

  it('of one that there is not there is no page', async () => {
    for (const path of ['', '/edit', '/attempts/1']) {
      expect((await operator.get(`${PATH}/sub_none${path}`)).status).toBe(404);
      expect((await operator.get(`${PATH}/%00${path}`)).status).toBe(404);
    }
    const id = await subscribe();
    for (const path of ['/attempts/1', '/attempts/x', '/attempts/99999999999999999']) {
      expect((await operator.get(`${PATH}/${id}${path}`)).status).toBe(404);
    }
    expect((await act(id, { action: 'explode' })).status).toBe(404);
  });
});

describe('the pages', () => {
  it('are told in both languages', async () => {
    const dutch = await office.logIn('operator', 'nl');
    const id = await subscribe({ description: 'the warehouse' });
    expect((await operator.get(PATH)).text).toContain('<h1>Subscriptions</h1>');
    expect((await dutch.get(PATH)).text).toContain('<h1>Abonnementen</h1>');
    const form = (await dutch.get(`${PATH}/new`)).text;
    expect(form).toContain('<h1>Nieuw abonnement</h1>');
    expect(form).toContain('De nachtelijke batch van een winkel is klaar.');
    expect((await dutch.get(`${PATH}/${id}`)).text).toContain('Test sturen');
  });

  it('help where there is nothing yet', async () => {
    const { text } = await operator.get(PATH);
    expect(text).toContain('Nobody is told yet');
    expect(text).toContain(`href="${PATH}/new"`);
  });

  it('list each with its state, its last delivery and what failed', async () => {
    await subscribe({ description: 'well', category: 'orders', events: ['order.parked'] });
    await happen();
    const failing = await startReceiver((response) => void response.writeHead(500).end());
    await subscribe({ url: failing.url, description: 'ill' });
    await subscribe({ description: 'off', enabled: false });
    await happen(2);
    await failing.close();
    const { text } = await operator.get(PATH);
    const rows = text.split('<tr').map((row) => row.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
    const of = (name: string) => rows.find((row) => row.includes(` ${name} http`));
    expect(of('well')).toMatch(/ enabled order\.parked 2 Nov 2026, \S+ 0 0/);
    expect(of('ill')).toMatch(/ failing Everything: every event never 2 0/);
    expect(of('off')).toMatch(/ disabled Everything: every event never 0 0/);
  });
});

describe('a new subscription', () => {
  const form = async (more: object = {}) => ({
    ...{ url: receiver.url, category: 'orders', description: 'the warehouse' },
    ...{ key: await newKey(), ...more },
  });

  it('is as it was asked for, and its secret is on the answer alone', async () => {
    const made = await operator.post(
      `${PATH}/new`,
      await form({ event: ['order.parked', 'order.expired'] }),
    );
    expect([made.status, made.to]).toEqual([200, null]);
    expect(made.headers.get('cache-control')).toBe('no-store');
    // Nothing reads it anew and takes the secret away.
    expect(made.text).not.toContain('data-live');
    const secret = SECRET.exec(made.text)?.[0] ?? '';
    expect(secret).not.toBe('');
    const [one, ...others] = await list();
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      ...{ url: receiver.url, category: 'orders', description: 'the warehouse' },
      events: ['order.parked', 'order.expired'],
    });
    await act(one?.id ?? '', { action: 'test' });
    const paths = [PATH, `${PATH}/${one?.id}`, `${PATH}/${one?.id}/edit`, '/', `${PATH}/new`];
    for (const path of paths) expect((await operator.get(path)).text).not.toMatch(SECRET);
    const admin = await office.logIn('admin');
    const audit = (await admin.get('/audit')).text;
    expect(audit).toContain('subscription.create');
    for (const kept of [secret.slice(6), 'verysecretkey']) expect(audit).not.toContain(kept);
  });

  it('sent again by a reload is the same one, with the same secret', async () => {
    const sent = await form({ event: 'order.parked' });
    const made = await operator.post(`${PATH}/new`, sent);
    const again = await operator.post(`${PATH}/new`, sent);
    expect(again.text).toBe(made.text);
    expect(await list()).toHaveLength(1);
    // What is kept for that is sealed.
    const secret = SECRET.exec(made.text)?.[0] ?? '';
    const folder = dirname(office.config);
    const files = readdirSync(folder).filter((name) => name.includes('.db'));
    const stored = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('');
    expect(stored).toContain(`form:${sent.key}`);
    expect(stored).not.toContain(secret.slice(6));
    // Another person has no use for the key.
    const admin = await office.logIn('admin');
    expect((await admin.post(`${PATH}/new`, sent)).text).not.toContain(secret);
  });

  it('sent again with something else in it is asked about', async () => {
    const sent = await form();
    await operator.post(`${PATH}/new`, sent);
    const other = await operator.post(`${PATH}/new`, { ...sent, description: 'another' });
    expect(other.status).toBe(422);
    expect(other.text).toContain('This form was sent before');
    expect(other.text).toContain('value="another"');
    expect(await list()).toHaveLength(1);
    const meant = { ...sent, description: 'another', key: keyIn(other.text) };
    expect((await operator.post(`${PATH}/new`, meant)).status).toBe(200);
    expect(await list()).toHaveLength(2);
  });

  it('that is wrong is told at each field, at once, with what was typed kept', async () => {
    const told = await operator.post(`${PATH}/new`, {
      ...(await form({ url: 'http://10.0.0.1/x', category: 'orders' })),
      ...{ description: 'y'.repeat(201), event: ['order.parked', 'batch.completed'] },
    });
    expect(told.status).toBe(422);
    expect(told.text).toContain('3 things are to be put right.');
    const below = (field: string) =>
      new RegExp(`id="${field}-below".*?</div>`, 's').exec(told.text)?.[0] ?? '';
    expect(below('url')).toContain('10.0.0.1 is not an address of the public internet.');
    expect(below('events')).toContain('it is of operations');
    expect(below('description')).toContain('longer than 200 characters');
    expect(told.text).toContain('value="http://10.0.0.1/x"');
    expect(told.text).toContain('y'.repeat(201));
    expect(told.text).toMatch(/value="batch.completed" checked/);
    expect(told.text).toMatch(/value="orders" checked/);
    expect(told.text.match(/aria-invalid/g)).toHaveLength(3);
    expect(await list()).toEqual([]);
    // Put right, it is taken under the key that the form has now.
    const right = await form({ key: keyIn(told.text) });
    expect((await operator.post(`${PATH}/new`, right)).text).toMatch(SECRET);
  });

  it.each(['https://169.254.169.254/', 'https://[::1]/', 'https://0xa.1/', 'javascript:alert(1)'])(
    'is not made for %s, nor is one changed to it',
    async (url) => {
      expect((await operator.post(`${PATH}/new`, await form({ url }))).status).toBe(422);
      expect(await list()).toEqual([]);
      const id = await subscribe();
      expect((await operator.post(`${PATH}/${id}/edit`, { url })).status).toBe(422);
      expect(await list()).toMatchObject([{ url: receiver.url }]);
    },
  );

  it('is one too many at some number', async () => {
    for (let each = 0; each < 50; each += 1) await subscribe();
    const told = await operator.post(`${PATH}/new`, await form());
    expect(told.status).toBe(422);
    expect(told.text).toContain('There are 50 subscriptions');
  });

  it('is not made by a form without a key of ours', async () => {
    expect((await operator.post(`${PATH}/new`, await form({ key: '' }))).status).toBe(422);
    expect(await list()).toEqual([]);
  });
});

describe('a change', () => {
  it('is what the form says, all of it', async () => {
    const id = await subscribe({ category: 'orders', events: ['order.parked'], description: 'x' });
    const shown = (await operator.get(`${PATH}/${id}/edit`)).text;
    expect(shown).toMatch(/value="order.parked" checked/);
    expect(shown).toContain('value="x"');
    const url = 'https://other.example/hook';
    const done = await operator.post(`${PATH}/${id}/edit`, { url, category: 'documents' });
    expect(done.to).toBe(`${PATH}/${id}?done=changed`);
    expect((await operator.get(done.to ?? '')).text).toContain('It was changed.');
    expect(await list()).toMatchObject([
      { url, category: 'documents', events: [], description: '' },
    ]);
  });

  it('that is wrong changes nothing', async () => {
    const id = await subscribe({ description: 'x' });
    const told = await operator.post(`${PATH}/${id}/edit`, { url: 'ftp://x/', description: 'y' });
    expect(told.status).toBe(422);
    expect(told.text).toContain('value="ftp://x/"');
    expect(await list()).toMatchObject([{ url: receiver.url, description: 'x' }]);
  });

  it('disables and enables', async () => {
    const id = await subscribe();
    expect((await act(id, { action: 'disable' })).to).toBe(`${PATH}/${id}?done=disabled`);
    expect(await list()).toMatchObject([{ enabled: false }]);
    expect((await act(id, { action: 'enable' })).to).toBe(`${PATH}/${id}?done=enabled`);
    expect(await list()).toMatchObject([{ enabled: true }]);
  });

  it('removes, once it was confirmed', async () => {
    const id = await subscribe({ description: 'the warehouse' });
    const asks = await act(id, { action: 'remove' });
    expect(asks.text).toContain('<h1>Remove: the warehouse?</h1>');
    expect(await list()).toHaveLength(1);
    const done = await act(id, { action: 'remove', confirmed: 'yes' });
    expect(done.to).toBe(`${PATH}?done=removed`);
    expect((await operator.get(done.to ?? '')).text).toContain('It was removed.');
    expect(await list()).toEqual([]);
  });

  it('rotates the secret, once it was confirmed; a reload shows the same and rotates no more', async () => {
    const id = await subscribe();
    const asks = await act(id, { action: 'rotate' });
    expect(asks.text).not.toMatch(SECRET);
    const form = { action: 'rotate', confirmed: 'yes', key: keyIn(asks.text) };
    const done = await act(id, form);
    expect([done.status, done.to]).toEqual([200, null]);
    expect(done.headers.get('cache-control')).toBe('no-store');
    const before = (await office.app.store.subscription(id))?.secret;
    expect((await act(id, form)).text).toBe(done.text);
    expect((await office.app.store.subscription(id))?.secret).toBe(before);
    const page = (await operator.get(`${PATH}/${id}`)).text;
    expect(page).not.toMatch(SECRET);
    expect(page).toContain('the secret before the last rotation signs as well');
    const audit = await office.app.store.audit({ target: id }, 9);
    expect(audit.map(({ action }) => action)).toEqual(['subscription.rotate']);
  });
});

describe('what was sent', () => {
  it('a test shows what it was answered', async () => {
    const id = await subscribe({ enabled: false });
    receiver.answer = (response) => void response.writeHead(400, { server: 'x' }).end('what is it');
    const { to } = await act(id, { action: 'test' });
    expect(to).toMatch(new RegExp(`^${PATH}/${id}/attempts/\\d+\\?done=tested$`));
    const { text } = await operator.get(to ?? '');
    expect(text).toContain('This is the test that was sent just now.');
    for (const part of ['it answered 400', 'what is it', 'subscription.test', 'server: x', ' ms']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('webhook-signature');
  });

  it('is listed page by page, all or what failed', async () => {
    const id = await subscribe({ category: 'orders' });
    await happen(60);
    receiver.answer = (response) => void response.writeHead(503).end();
    await happen();
    const first = (await operator.get(`${PATH}/${id}`)).text;
    const rows = (text: string) => text.match(/\/attempts\/\d+/g) ?? [];
    expect(rows(first)).toHaveLength(50);
    const older = /href="([^"]*before=\d+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await operator.get(older)).text;
    expect(rows(second)).toHaveLength(11);
    expect(new Set([...rows(first), ...rows(second)]).size).toBe(61);
    const failed = (await operator.get(`${PATH}/${id}?show=failed`)).text;
    expect(rows(failed)).toHaveLength(1);
    expect(failed).toContain('it answered 503');
    expect((await operator.get(`${PATH}/${id}?before=x%27`)).status).toBe(200);
  });

  it('is delivered again: one, and all that failed', async () => {
    const id = await subscribe({ category: 'orders' });
    receiver.answer = (response) => void response.writeHead(503).end();
    await happen(2);
    const [attempt] = await office.app.outbound.attempts({ subscriptionId: id }, { limit: 1 });
    receiver.answer = ok;
    expect((await act(id, { action: 'retry' })).to).toBe(`${PATH}/${id}?done=queued`);
    await office.app.outbound.deliverDue(NEVER);
    expect(await list()).toMatchObject([{ waiting: 0, failed: 0, failures: 0 }]);
    expect((await act(id, { action: 'retry' })).to).toBe(`${PATH}/${id}?done=nothing`);
    const page = (await operator.get(`${PATH}/${id}/attempts/${attempt?.id}`)).text;
    const event = /name="event" value="(evt_\w+)"/.exec(page)?.[1] ?? '';
    expect(event).toBe(attempt?.event.id);
    expect((await act(id, { action: 'retry', event })).to).toBe(`${PATH}/${id}?done=queued`);
    expect((await act(id, { action: 'retry', event })).to).toContain('done=waits-already');
    for (const none of ['evt_x', '\0', `evt_${'x'.repeat(9000)}`]) {
      const { to } = await act(id, { action: 'retry', event: none });
      expect(to).toContain('done=no-event');
    }
    await act(id, { action: 'disable' });
    expect((await act(id, { action: 'retry' })).to).toContain('done=not-enabled');
  });

  it('where orderpark disabled it, the page says why and the way out', async () => {
    const id = await subscribe({ category: 'orders' });
    receiver.answer = (response) => void response.writeHead(410).end();
    await happen();
    const { text } = await operator.get(`${PATH}/${id}`);
    expect(text).toContain('orderpark disabled it on');
    expect(text).toContain('It answered 410 (gone): it wants nothing more.');
    expect(text).toContain('Put its receiver right, send a test, then enable it');
    expect((await operator.get(PATH)).text).toContain('disabled by orderpark');
    await act(id, { action: 'enable' });
    expect((await operator.get(`${PATH}/${id}`)).text).not.toContain('orderpark disabled it on');
  });

  it('harms nobody who looks at it: description, address, headers and answer are text', async () => {
    const url = `${receiver.url}&x=${encodeURIComponent(HOSTILE)}"><b>`;
    receiver.answer = (response) =>
      void response.writeHead(500, { server: '<img src=x>' }).end(`${HOSTILE}\u202e\u0007`);
    const made = await operator.post(`${PATH}/new`, {
      ...{ url, category: HOSTILE, description: HOSTILE, event: HOSTILE, key: await newKey() },
    });
    expect(made.status).toBe(422);
    const form = { url, category: 'all', description: HOSTILE, key: await newKey() };
    const shown = await operator.post(`${PATH}/new`, form);
    const [{ id = '' } = {}] = await list();
    const { to } = await act(id, { action: 'test' });
    const asks = await act(id, { action: 'remove' });
    const pages = [PATH, `${PATH}/${id}`, `${PATH}/${id}/edit`, to ?? ''];
    const texts = await Promise.all(pages.map(async (path) => (await operator.get(path)).text));
    for (const text of [made.text, shown.text, asks.text, ...texts]) {
      expect(text).not.toMatch(/<script>|<img|<b>|<[^>]* onerror=/);
    }
    expect(texts.at(-1)).toContain('&lt;script>alert(1)&lt;/script>');
    const admin = await office.logIn('admin');
    expect((await admin.get('/audit')).text).not.toMatch(/<script>|<img/);
  });
});
