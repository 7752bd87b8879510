import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShopError } from '../../src/woocommerce/shop-error.js';
import { openPageSite, type PageSite, type Visitor } from '../support/page-site.js';

let site: PageSite;
let operator: Visitor;
let viewer: Visitor;
let token: string;

beforeAll(async () => {
  site = await openPageSite();
  operator = await site.logIn('operator');
  viewer = await site.logIn('viewer');
  token = await operator.formToken();
});
afterAll(() => site.close());

const stateOf = async (id: number) => (await site.app.store.order('main', id))?.state;

function act(action: string, ids: readonly number[], more: Readonly<Record<string, string>> = {}) {
  return operator.post('/orders/act', [
    ['_token', token],
    ['action', action],
    ['back', '/open?shop=main'],
    ...ids.map((id) => ['order', `main/${id}`] as const),
    ...Object.entries(more),
  ]);
}

describe('the pages of orders', () => {
  it.each([
    ['/', 'en', 'Documents per day'],
    ['/', 'nl', 'Documenten per dag'],
    ['/open', 'en', 'Orders that wait'],
    ['/open', 'nl', 'Bestellingen die wachten'],
    ['/attention', 'en', 'Changed after booking'],
    ['/attention', 'nl', 'Gewijzigd na boeking'],
    ['/attention?show=changed', 'en', 'Changed after booking'],
    ['/attention?show=withdrawn', 'en', 'Withdrawn after booking'],
    ['/booked', 'en', 'Every invoice and credit note'],
    ['/booked', 'nl', 'Elke factuur en creditnota'],
    ['/orders/main/900001', 'en', 'Its life'],
    ['/orders/main/900001', 'nl', 'Haar leven'],
  ] as const)('%s is shown in %s', async (path, language, words) => {
    const page = await viewer.get(path, language);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`<html lang="${language}"`);
    expect(page.text).toContain(words);
  });

  it('an order that is not known has no page', async () => {
    expect((await viewer.get('/orders/main/1')).status).toBe(404);
    expect((await viewer.get('/orders/main/x')).status).toBe(404);
  });

  it.each(['/open', '/orders/main/900002', '/orders/main/900003', '/attention'])(
    'what shops send is never markup: %s',
    async (path) => {
      const { text } = await operator.get(path);
      expect(text).not.toMatch(/<script>|<img|href="javascript:/);
    },
  );

  it('a name of a customer stands isolated from the direction of what is around it', async () => {
    expect((await viewer.get('/open')).text).toMatch(/<bdi[^>]*>[^<]*דוד כהן[^<]*<\/bdi>/);
  });

  it('an order is found by its number, and a list of nothing says what to do', async () => {
    const found = await viewer.get('/open?find=900001');
    expect(found.text).toContain('/orders/main/900001');
    expect((await viewer.get('/open?find=nope')).text).toContain('No such order.');
  });

  it('the documents have their files', async () => {
    const [stored] = await site.app.store.listDocuments({ kind: 'invoice' }, { limit: 1 });
    const key = encodeURIComponent(stored?.document.key ?? '');
    const pdf = await viewer.get(`/documents/${key}/pdf`);
    expect(pdf.status).toBe(200);
    expect(pdf.text.startsWith('%PDF-')).toBe(true);
    expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    const ubl = await viewer.get(`/documents/${key}/ubl`);
    expect(ubl.status).toBe(200);
    expect(ubl.text).toContain(`<cbc:ID>${stored?.document.number}</cbc:ID>`);
    expect(ubl.headers.get('content-disposition')).toMatch(/^attachment; filename=.*\.xml/);
    for (const file of ['pdf', 'ubl']) {
      expect((await viewer.get(`/documents/main%2F1%2Fnone/${file}`)).text).toContain('Not here');
    }
  });

  it('what a shop sent is shown to those who may see it', async () => {
    expect((await operator.get('/orders/main/900001')).text).toContain('As the shop sent it');
    expect((await viewer.get('/orders/main/900001')).text).not.toContain('As the shop sent it');
  });
});

describe('what people do', () => {
  it('a viewer may do nothing, and is shown no button for it', async () => {
    const form = [
      ['_token', await viewer.formToken()],
      ['action', 'ignore'],
      ['order', 'main/900001'],
      ['confirmed', 'yes'],
    ] as const;
    expect((await viewer.post('/orders/act', form)).status).toBe(403);
    expect((await viewer.post('/postings/act', form)).status).toBe(403);
    expect((await viewer.get('/open')).text).not.toContain('value="ignore"');
    expect(await stateOf(900_001)).toBe('parked');
  });

  it('a form without the token of its session is not taken', async () => {
    const form = [
      ['action', 'ignore'],
      ['order', 'main/900001'],
      ['confirmed', 'yes'],
    ] as const;
    expect((await operator.post('/orders/act', form)).status).toBe(403);
    expect(await stateOf(900_001)).toBe('parked');
  });

  it('leaving out is asked first, done once confirmed, kept in the audit, and undone', async () => {
    const asked = await act('ignore', [900_001, 900_002]);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('2 orders, 49.80 EUR');
    expect(await stateOf(900_001)).toBe('parked');

    const done = await act('ignore', [900_001, 900_002], { confirmed: 'yes' });
    expect(done.status).toBe(303);
    expect(done.location).toMatch(/^\/open\?shop=main&done=ignored&count=2&undo=/);
    expect(await stateOf(900_001)).toBe('ignored');
    const [entry] = await site.app.store.audit({ target: 'main/900001' }, 1);
    expect(entry).toMatchObject({ who: 'token:operator', action: 'order.ignore' });
    expect((await operator.get(done.location)).text).toContain('Left out: 2.');
    expect((await operator.get('/open?state=ignored')).text).toContain('main/900001');

    await act('undo', [900_001, 900_002], { confirmed: 'yes' });
    expect(await stateOf(900_001)).toBe('parked');
  });

  it('booking makes the document, whatever the rules say', async () => {
    const done = await act('forward', [900_004], { confirmed: 'yes' });
    expect(done.location).toContain('done=forwarded&count=1');
    expect(await stateOf(900_004)).toBe('forwarded');
    expect(await site.app.store.documentsOf('main', 900_004)).toHaveLength(1);
  });

  it('a recheck reads from the shop', async () => {
    const before = site.shop.asked.length;
    const done = await act('recheck', [900_003], { confirmed: 'yes' });
    expect(done.location).toContain('done=rechecked&count=1');
    expect(site.shop.asked.length).toBeGreaterThan(before);
  });

  it('a recheck of a shop that cannot be read says so, and the order stays as it is', async () => {
    site.shop.beforeRequest = () => {
      throw new ShopError('main', 'garbled', 'HTML came', 'Look at the shop.');
    };
    const done = await act('recheck', [900_003], { confirmed: 'yes' });
    expect(done.location).toContain('done=shop-failed');
    expect((await operator.get(done.location)).text).toContain('The shop could not be read.');
    expect(await stateOf(900_003)).toBe('parked');
    site.shop.beforeRequest = () => {};
  });

  it('nothing chosen, or an order of another shop, does nothing', async () => {
    expect((await act('ignore', [], { confirmed: 'yes' })).location).toContain('done=nothing');
    const other = await act('ignore', [], { confirmed: 'yes', order: 'other/1' });
    expect(other.location).toContain('done=nothing');
  });

  it('one comes back to a page of this site only', async () => {
    for (const back of ['//evil.example', 'https://evil.example/', 'javascript:alert(1)']) {
      const { location } = await operator.post('/orders/act', [
        ['_token', token],
        ['action', 'recheck'],
        ['back', back],
      ]);
      expect(location).toMatch(/^\/\?done=nothing/);
    }
  });

  it('a posting that the books refused is sent again, or marked as booked', async () => {
    const [document] = await site.app.store.documentsOf('main', 900_004);
    const key = document?.document.key ?? '';
    const posting = async () => (await site.app.store.postingsOf([key]))[0];
    const refuse = () =>
      site.app.store.transaction(async (tx) => {
        const now = '2027-07-01T12:00:00.000Z';
        const claim = { books: 'journal', limit: 10, holder: 'test', now, expiresAt: now };
        for (const { documentKey, books, attempt } of await tx.claimPostings(claim)) {
          const reason = 'The books say <b>no</b>.';
          const move = { documentKey, books, attempt, from: ['sending' as const], now };
          await tx.movePosting({ ...move, to: 'rejected', reason, fix: 'Mend it.', dueAt: null });
        }
      });
    await refuse();
    const shown = await operator.get('/attention?show=rejected');
    expect(shown.text).toContain('The books say &lt;b>no&lt;/b>.');
    expect(shown.text).toContain('Mend it.');
    const form = (action: string, more: readonly (readonly [string, string])[] = []) =>
      operator.post('/postings/act', [
        ['_token', token],
        ['action', action],
        ['document', key],
        ['books', 'journal'],
        ['back', '/attention'],
        ...more,
      ]);
    const again = await form('send-again', [['confirmed', 'yes']]);
    expect(again.location).toContain('done=sent-again');
    expect((await posting())?.state).toBe('queued');
    await refuse();
    expect((await form('mark-booked')).text).toContain('It counts as booked from now on.');
    expect((await posting())?.state).toBe('rejected');
    const done = await form('mark-booked', [['confirmed', 'yes']]);
    expect(done.location).toContain('done=marked-booked');
    expect((await posting())?.state).toBe('booked');
    const late = await form('send-again', [['confirmed', 'yes']]);
    expect(late.location).toContain('done=not-waiting');
  });

  it('what is said of what was done is never text of the address', async () => {
    const { text } = await operator.get('/open?done=ignored&count=%3Cb%3E&undo=%3Cscript%3E/1');
    expect(text).toContain('Left out: 0.');
    expect(text).not.toContain('<script>/1');
    expect((await operator.get('/open?done=wicked')).text).not.toContain('wicked');
  });
});

describe('an order that was changed after it was booked', () => {
  const PATH = '/orders/main/900005';
  const numbers = async () =>
    (await site.app.store.documentsOf('main', 900_005)).map(({ document }) => document.number);

  beforeAll(() => site.bookAndChange(900_005));

  it('is proposed to be credited and booked again, where it is listed and on its own page', async () => {
    for (const path of ['/attention?show=changed', PATH]) {
      expect((await operator.get(path)).text).toContain(`href="${PATH}/proposal"`);
      expect((await viewer.get(path)).text).not.toContain(`${PATH}/proposal`);
    }
    expect((await viewer.get(`${PATH}/proposal`)).status).toBe(403);
  });

  it.each([
    ['en', 'Credit and book again: Order 900005', 'These documents would be made'],
    ['nl', 'Crediteren en opnieuw boeken: Bestelling 900005', 'Deze documenten worden dan gemaakt'],
  ] as const)(
    'is shown with what would be made, and nothing is done (%s)',
    async (language, ...words) => {
      const { status, text } = await operator.get(`${PATH}/proposal`, language);
      expect(status).toBe(200);
      for (const each of [...words, '900005-C1', '900005-2']) expect(text).toContain(each);
      expect(text).not.toMatch(/<script>|<img/);
      expect(await numbers()).toEqual(['900005']);
    },
  );

  it('is not corrected without the token of the session, nor by a mark of something else', async () => {
    const forged = await operator.post(`${PATH}/proposal`, [['mark', '0123456789abcdef']]);
    expect(forged.status).toBe(403);
    const other = await operator.post(`${PATH}/proposal`, [
      ['_token', token],
      ['mark', '0123456789abcdef'],
    ]);
    expect(other.location).toBe(`${PATH}/proposal?done=outdated`);
    expect((await operator.get(other.location)).text).toContain('nothing was done');
    expect(await numbers()).toEqual(['900005']);
  });

  it('is corrected once it is accepted, which is kept in the audit', async () => {
    const { text } = await operator.get(`${PATH}/proposal`);
    const mark = /name="mark" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const done = await operator.post(`${PATH}/proposal`, [
      ['_token', token],
      ['mark', mark],
    ]);
    expect(done.location).toBe(`${PATH}?done=booked-again`);
    expect(await numbers()).toEqual(['900005', '900005-C1', '900005-2']);
    const [entry] = await site.app.store.audit({ target: 'main/900005' }, 1);
    expect(entry).toMatchObject({ who: 'token:operator', action: 'order.accept-proposal' });
    const page = await operator.get(done.location);
    expect(page.text).toContain('It is corrected');
    expect(page.text).toContain('900005-2');
    expect((await operator.get(`${PATH}/proposal`)).text).toContain('There is nothing to accept.');
  });

  it('that is not known, or of a shop that is no more, has no proposal', async () => {
    for (const path of ['/orders/main/1/proposal', '/orders/gone/900005/proposal']) {
      expect((await operator.get(path)).status).toBe(404);
    }
  });
});
