import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice, type Visitor } from '../support/office.js';

let office: Office;
let admin: Visitor;
let viewer: Visitor;
let accountant: Visitor;
let orderId: number;

beforeAll(async () => {
  office = await openOffice();
  [admin, viewer, accountant] = await Promise.all([
    office.logIn('admin'),
    office.logIn('viewer'),
    office.logIn('accountant'),
  ]);
  const [order] = await office.app.store.listOrders({ states: ['parked'] }, { limit: 1 });
  orderId = order?.id ?? 0;
});
afterAll(() => office.close());

const anOrder = () => ({ 'path.shop': 'main', 'path.id': String(orderId) });

/** What stands in the elements `<pre>` of a page, as text. */
function shown(page: string): readonly string[] {
  return [...page.matchAll(/<pre[^>]*>(.*?)<\/pre>/gs)].map(([, text = '']) =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
  );
}

const audited = async () => (await office.app.store.audit({}, 50)).map(({ action }) => action);

describe('the reference', () => {
  it('tells of every operation, parameter, field and schema of the document', async () => {
    const { status, text } = await viewer.get('/api/docs');
    expect(status).toBe(200);
    const document = JSON.parse((await viewer.get('/api/docs/openapi.json')).text);
    const operations = Object.values<Record<string, { operationId: string }>>(document.paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(operations.length).toBeGreaterThan(20);
    for (const id of operations) {
      expect(text).toContain(`id="operation-${id}"`);
      expect(text).toContain(`href="#operation-${id}"`);
      expect((await viewer.get(`/api/docs/${id}`)).status).toBe(200);
    }
    for (const name of Object.keys(document.components.schemas)) {
      expect(text).toContain(`id="schema-${name}"`);
    }
    const anchors = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    const missing = anchors.filter((id) => !text.includes(`id="${id}"`));
    expect(missing).toEqual([]);
    expect(text).toContain('<code class="strong">oldestWaitsMs</code>');
    expect(text).not.toContain('9007199254740991');
  });

  it('is told in Dutch around the English of the API', async () => {
    const { text } = await (await office.logIn('viewer', 'nl')).get('/api/docs');
    expect(text).toContain('<h1>De API</h1>');
    expect(text).toContain('<span lang="en">Orders, newest first unless told.</span>');
  });

  it('says that there is no such operation', async () => {
    expect((await viewer.get('/api/docs/listNothing')).status).toBe(404);
  });

  it.each(['/api/docs', '/api/docs/openapi.json', '/api/docs/listOrders'])(
    '%s asks who is not known to log in',
    async (path) => {
      const answer = await fetch(`${office.url}${path}`, { redirect: 'manual' });
      expect(answer.headers.get('location')).toBe(`/login?to=${encodeURIComponent(path)}`);
    },
  );
});

describe('trying a call that reads', () => {
  it('shows the answer of the API itself, with its status, headers and duration', async () => {
    const query = { step: 'send', 'query.state': 'parked', 'query.limit': '2' };
    const { status, text } = await viewer.post('/api/docs/listOrders', query);
    expect(status).toBe(200);
    const [headers = '', body = ''] = shown(text);
    expect(headers).toMatch(/^ETag: "[\w-]+"$/m);
    expect(headers).toMatch(/^Content-Type: application\/json$/m);
    expect(JSON.parse(body).items).toHaveLength(2);
    expect(text).toContain('<code>GET /api/v1/orders?state=parked&amp;limit=2</code>');
    expect(text).toMatch(/[\d.,]+ ms/);
    expect(text).toContain('value="parked" checked');
  });

  it('shows why not as the API says it', async () => {
    const wrong = { step: 'send', 'query.limit': 'many', 'query.state': 'lost' };
    const [, body = ''] = shown((await viewer.post('/api/docs/listOrders', wrong)).text);
    expect(JSON.parse(body)).toMatchObject({
      status: 400,
      errors: [{ name: 'state' }, { name: 'limit' }],
    });
    const none = { step: 'send', 'path.shop': 'main', 'path.id': '999' };
    const [, gone = ''] = shown((await viewer.post('/api/docs/getOrder', none)).text);
    expect(JSON.parse(gone)).toMatchObject({ status: 404, detail: 'There is no such order.' });
  });

  it('wants each part of the path', async () => {
    const some = { step: 'send', 'path.shop': 'main' };
    const { status, text } = await viewer.post('/api/docs/getOrder', some);
    expect(status).toBe(422);
    expect(text).toContain('Fill in each part of the path: id.');
    expect(text).toContain('name="path.shop" value="main"');
  });

  it('takes nothing that the operation does not name, and no other address', async () => {
    const more = { step: 'send', 'query.url': 'http://127.0.0.1/', path: '/api/v1/audit' };
    const { text } = await viewer.post('/api/docs/listOrders', more);
    expect(text).toContain('<code>GET /api/v1/orders</code>');
    const outside = { step: 'send', 'path.shop': '../../audit?', 'path.id': '1' };
    const tried = await viewer.post('/api/docs/getOrder', outside);
    expect(tried.text).toContain('<code>GET /api/v1/orders/..%2F..%2Faudit%3F/1</code>');
    expect(JSON.parse(shown(tried.text)[1] ?? '').status).toBe(404);
  });

  it('shows what was typed as text', async () => {
    const script = '"><script>alert(1)</script>';
    const typed = { step: 'send', 'path.shop': script, 'path.id': script };
    const { text } = await viewer.post('/api/docs/getOrder', typed);
    expect(text).not.toContain('<script>alert');
    const asked = await admin.post('/api/docs/makeStatement', {
      'path.shop': script,
      body: script,
    });
    expect(asked.text).not.toContain('<script>alert');
    expect(asked.text).toContain('&lt;script>alert');
  });

  it('tells a file by its size', async () => {
    const [document] = await office.app.store.listDocuments({}, { limit: 1 });
    const form = { step: 'send', 'path.key': document?.document.key ?? '' };
    const pdf = await viewer.post('/api/docs/getDocumentPdf', form);
    expect(pdf.text).toMatch(/[\d,]+ bytes of application\/pdf/);
    const ubl = await viewer.post('/api/docs/getDocumentUbl', form);
    expect(shown(ubl.text)[1]).toMatch(/^<\?xml/);
  });
});

describe('trying an action', () => {
  it('asks first, and does it once with the audit of any caller', async () => {
    const path = '/api/docs/ignoreOrder';
    const asked = await accountant.post(path, { ...anOrder(), step: 'send' });
    expect(asked.text).toContain('<h1>Really call ignoreOrder?</h1>');
    expect(asked.text).toContain('as token:accountant (accountant)');
    expect(await audited()).not.toContain('order.ignore');
    const key = { 'header.Idempotency-Key': 'once' };
    const confirmed = { ...anOrder(), ...key, step: 'confirmed' };
    const [, body = ''] = shown((await accountant.post(path, confirmed)).text);
    expect(JSON.parse(body)).toMatchObject({ id: orderId, state: 'ignored', decision: 'ignore' });
    const [headers = ''] = shown((await accountant.post(path, confirmed)).text);
    expect(headers).toContain('Idempotency-Replayed: true');
    expect((await audited()).filter((action) => action === 'order.ignore')).toHaveLength(1);
    const [line] = await office.app.store.audit({ target: `main/${orderId}` }, 1);
    expect(line).toMatchObject({ who: 'token:accountant', address: '127.0.0.1' });
  });

  it('can be changed before it is confirmed', async () => {
    const period = '{"from":"2026-11-01"}';
    const filled = { 'path.shop': 'main', body: period, step: 'change' };
    const { text } = await accountant.post('/api/docs/makeStatement', filled);
    expect(text).toContain('name="path.shop" value="main"');
    expect(text).toContain('{&quot;from&quot;:&quot;2026-11-01&quot;}</textarea>');
  });

  it('is refused without the token of its form, and to a role that may not', async () => {
    const before = await audited();
    const confirmed = { ...anOrder(), step: 'confirmed' };
    const forged = { token: 'another' };
    expect((await accountant.post('/api/docs/undoOrder', confirmed, forged)).status).toBe(403);
    expect((await accountant.post('/api/docs/listOrders', {}, { token: '' })).status).toBe(403);
    expect((await viewer.post('/api/docs/undoOrder', confirmed)).status).toBe(403);
    expect((await accountant.post('/api/docs/listAudit', { step: 'send' })).status).toBe(403);
    expect(await audited()).toEqual(before);
    const page = (await viewer.get('/api/docs/undoOrder')).text;
    expect(page).toContain('Your role may not try this: it needs act.');
    expect(page).not.toContain('value="send"');
  });

  it('shows what is no JSON as the API does', async () => {
    const broken = { 'path.shop': 'main', body: '{"from":', step: 'confirmed' };
    const { text } = await accountant.post('/api/docs/makeStatement', broken);
    expect(JSON.parse(shown(text)[1] ?? '')).toMatchObject({ status: 400 });
  });
});
