import { DONE_CODES, type DoneCode } from '../actions.js';
import { refsOf, refText } from '../order-refs.js';
import type { PageContext } from '../page.js';
import { ONCE, withQuery } from '../paging.js';
import { OrderForm } from './orders/order-form.js';

const CALM: readonly DoneCode[] = ['nothing', 'not-waiting', 'outdated'];

/** What came of what was asked for just before. Only codes and numbers are taken from the address. */
export function Notice({ page }: { readonly page: PageContext }) {
  const { query, path } = page.asked;
  const code = DONE_CODES.find((each) => each === query.get('done'));
  if (code === undefined) return null;
  const { orders } = page.words;
  const left = numberOf(query.get('left'));
  const undo = refsOf((query.get('undo') ?? '').split(',')).map(refText);
  const tone = code === 'shop-failed' ? 'bad' : left > 0 || CALM.includes(code) ? 'warn' : 'good';
  return (
    <div class={`note ${tone}`} role="status">
      {orders.done[code](numberOf(query.get('count')))} {left > 0 && orders.left(left)}
      {undo.length > 0 && page.may('act') && (
        <OrderForm
          page={page}
          action="undo"
          refs={undo}
          back={withQuery(path, query, ONCE)}
          style="quiet"
          isConfirmed
        />
      )}
    </div>
  );
}

function numberOf(text: string | null): number {
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
