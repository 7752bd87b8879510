import type { Asked, Reply, Route } from '../../server/route.js';
import type { StoredOrder } from '../../store/store.js';
import type { DoneCode } from '../actions.js';
import { refOf, refText } from '../order-refs.js';
import { pageContext } from '../page.js';
import type { PageDeps } from '../services.js';
import { html } from '../view/html.js';
import { ProposalPage } from '../view/orders/proposal-page.js';
import { orderPath } from '../view/parts.js';
import { refusalPage } from './refusal.js';

/** "Credit and book again": what it comes to, and a person who accepts it. */
export function proposalRoutes(deps: PageDeps): readonly Route[] {
  const path = '/orders/:shop/:id/proposal';
  return [
    { method: 'GET', path, needs: 'act', handle: (asked) => show(asked, deps) },
    { method: 'POST', path, needs: 'act', handle: (asked) => accept(asked, deps) },
  ];
}

async function show(asked: Asked, deps: PageDeps): Promise<Reply> {
  const { store, intake } = deps.app;
  const order = await knownOrder(asked, deps);
  const proposal = order && (await intake.propose(order.shop, order.id));
  if (!order || !proposal) return { ...refusalPage(asked, 404, deps.zone), status: 404 };
  const stored = await store.documentsOf(order.shop, order.id);
  const documents = stored.map(({ document }) => document);
  const page = pageContext(asked, deps.zone);
  return html(<ProposalPage page={page} order={order} booked={documents} proposal={proposal} />);
}

async function accept(asked: Asked, deps: PageDeps): Promise<Reply> {
  const order = await knownOrder(asked, deps);
  if (!order) return refusalPage(asked, 404, deps.zone);
  const { shop, id } = order;
  const mark = asked.form.get('mark') ?? '';
  await deps.audit.record(asked, 'order.accept-proposal', refText(order), mark.slice(0, 100));
  const accepted = await deps.app.intake.acceptProposal(shop, id, mark);
  const done: DoneCode = accepted?.kind === 'accepted' ? 'booked-again' : 'outdated';
  const path = orderPath(shop, id);
  const to = done === 'outdated' ? `${path}/proposal?done=${done}` : `${path}?done=${done}`;
  return { kind: 'redirect', to };
}

/** Of a shop that is configured: of another, nothing is corrected any more. */
async function knownOrder(asked: Asked, { app }: PageDeps): Promise<StoredOrder | undefined> {
  const ref = refOf(`${asked.params['shop'] ?? ''}/${asked.params['id'] ?? ''}`);
  const isConfigured = app.config.shops.some(({ id }) => id === ref?.shop);
  return ref && isConfigured ? app.store.order(ref.shop, ref.id) : undefined;
}
