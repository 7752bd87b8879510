import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FAULTS } from '../../src/demo/faults.js';
import { type Office, openOffice, type Visitor } from '../support/office.js';
import { KEYS } from '../support/owner-file.js';

let office: Office;
let admin: Visitor;
let viewer: Visitor;
let accountant: Visitor;

beforeAll(async () => {
  office = await openOffice();
  [admin, viewer, accountant] = await Promise.all([
    office.logIn('admin'),
    office.logIn('viewer'),
    office.logIn('accountant'),
  ]);
});
afterAll(() => office.close());

const PAGES = {
  '/runs': ['Runs', 'Runs'],
  '/deliveries': ['Deliveries', 'Afleveringen'],
  '/deliveries/quarantine': ['Quarantine', 'Quarantaine'],
  '/deliveries/quarantine/1': ['Quarantine 1', 'Quarantaine 1'],
  '/statement': ['Statement', 'Aansluiting'],
  '/configuration': ['Configuration', 'Configuratie'],
  '/audit': ['Who did what', 'Wie deed wat'],
} as const;

describe('each page', () => {
  it.each(Object.entries(PAGES))('%s is told in both languages', async (path, [en, nl]) => {
    const dutch = await office.logIn('admin', 'nl');
    const english = await admin.get(path);
    expect(english.status).toBe(200);
    expect(english.text).toContain(`<h1>${en}</h1>`);
    expect((await dutch.get(path)).text).toContain(`<h1>${nl}</h1>`);
    expect(english.text).not.toContain(KEYS.consumerKey);
    expect(english.text).not.toContain('<script>alert');
  });

  it.each(['/configuration', '/audit', '/deliveries/quarantine/1'])(
    'a viewer may not see %s',
    async (path) => {
      expect((await viewer.get(path)).status).toBe(403);
    },
  );

  it('who is not logged in is sent to log in', async () => {
    const answer = await fetch(`${office.url}/runs`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/login?to=%2Fruns');
  });
});

const ACTIONS = ['/deliveries/quarantine/1/again', '/statement', '/configuration/plan'] as const;

describe('each action', () => {
  it.each(ACTIONS)('%s is refused to a viewer, and without the token of its form', async (path) => {
    expect((await viewer.post(path)).status).toBe(403);
    expect((await admin.post(path, {}, { token: 'another' })).status).toBe(403);
    expect((await admin.post(path, {}, { token: '' })).status).toBe(403);
  });

  it('what is in quarantine is shown without secrets, and tried again', async () => {
    const entry = await accountant.get('/deliveries/quarantine/1');
    expect(entry.text).not.toContain('wc_order_secret1');
    expect(entry.text).toContain('sam@example.com');
    const done = await accountant.post('/deliveries/quarantine/1/again');
    expect(done).toMatchObject({ status: 303, to: '/deliveries/quarantine?done=again' });
    expect((await accountant.get(done.to ?? '')).text).toContain('It was tried again.');
    const [resolved] = await office.app.store.quarantine({ id: 1 });
    expect(resolved?.resolvedAt).not.toBeNull();
    await accountant.post('/deliveries/quarantine/2/again');
    expect(await office.app.store.quarantine({ open: true })).toEqual([]);
    const gone = await accountant.post('/deliveries/quarantine/99/again');
    expect(gone.to).toBe('/deliveries/quarantine?done=gone');
    expect((await admin.get('/audit')).text).toContain('quarantine.again');
  });

  it('a statement is made, shown and downloaded', async () => {
    const period = { shop: 'main', from: '2026-11-01', to: '2026-11-02' };
    const done = await accountant.post('/statement', period);
    expect(done.status).toBe(303);
    expect((await accountant.get(done.to ?? '')).text).toContain('the difference is zero');
    const csv = await accountant.get('/statement.csv?shop=main');
    expect(csv.text.split('\r\n')[0]).toContain('part,what,orders,currency,amount,vat');
    expect(csv.text).toContain('orders,listed by the shop,15,EUR,');
  });

  it('of a shop that cannot be read, no statement is made, and why is told', async () => {
    const { madeAt } = (await office.app.store.latestStatement('main')) ?? {};
    office.shop.setFaults({ rates: { 'html-200': 1 } });
    try {
      const period = { shop: 'main', from: '2026-11-01', to: '2026-11-02' };
      const told = await accountant.post('/statement', period);
      expect(told.status).toBe(502);
      expect(told.text).toContain('HTML');
      expect(told.text).not.toContain(KEYS.consumerSecret);
      expect((await office.app.store.latestStatement('main'))?.madeAt).toBe(madeAt);
    } finally {
      office.shop.setFaults(NO_FAULTS);
    }
  });

  it('a period that is none makes no statement', async () => {
    const wrong = { shop: 'main', from: '2026-11-09', to: '2026-11-02' };
    expect((await accountant.post('/statement', wrong)).to).toBe(
      '/statement?shop=main&done=period',
    );
  });

  it('a changed file is told problem by problem, and what it would do', async () => {
    const text = readFileSync(office.config, 'utf8');
    const broken = await admin.post('/configuration/plan', { file: `${text}\nnonsense: 1\n` });
    expect(broken.status).toBe(422);
    expect(broken.text).toContain('nonsense');
    const same = await admin.post('/configuration/plan', { file: text, days: '30' });
    expect(same.text).toContain('would end as they are now');
    const file = text.replace('- processing\n', '- on-hold\n');
    const before = await office.app.store.listOrders({}, { limit: 99 });
    const other = await admin.post('/configuration/plan', { file, days: '30' });
    expect(other.text).toContain('6 of 15 orders would end differently');
    expect(other.text).toContain('its document stays');
    expect(await office.app.store.listOrders({}, { limit: 99 })).toEqual(before);
  });

  it('a changed file can be uploaded, and counts before what was pasted', async () => {
    const text = readFileSync(office.config, 'utf8');
    const upload = (fields: Readonly<Record<string, string | Blob>>, token?: string) =>
      admin.postForm('/configuration/plan', { days: '30', ...fields }, token);
    const changed = new File([text.replace('- processing\n', '- on-hold\n')], 'changed.yaml');
    const told = await upload({ upload: changed, file: text });
    expect(told.text).toContain('6 of 15 orders would end differently');
    const nothingChosen = await upload({ upload: new File([], ''), file: text });
    expect(nothingChosen.text).toContain('would end as they are now');
    expect((await upload({ upload: changed }, 'another')).status).toBe(403);
    const large = new File(['#'.repeat(2_000_000)], 'large.yaml');
    expect((await upload({ upload: large })).status).toBe(413);
  });

  it('a form with files that cannot be read is refused', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', cookie: '' };
    for (const body of ['', '--x\r\n', '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--']) {
      const cookie = admin.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const asked = { method: 'POST', headers: { ...headers, cookie }, body };
      expect((await fetch(`${office.url}/configuration/plan`, asked)).status).toBe(403);
    }
  });

  it('a pasted file cannot read what the one in force does not name', async () => {
    const file = readFileSync(office.config, 'utf8').replace(/timezone: .*/, `timezone: $\{PATH}`);
    const told = await admin.post('/configuration/plan', { file });
    expect(told.text).toContain('needs the environment variable PATH, which is not set');
  });
});
