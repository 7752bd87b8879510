import type { Route } from '../server/route.js';
import type { DoOnce } from '../services/once.js';
import {
  documentShape,
  listedPostingShape,
  postingShape,
  proposalShape,
} from '../shapes/document.js';
import { documentDetailShape } from '../shapes/document-detail.js';
import { historyShape, orderShape, refundShape } from '../shapes/order.js';
import { statementShape } from '../shapes/statement.js';
import { booksShape, shopShape, statusShape } from '../shapes/status.js';
import {
  attemptShape,
  queuedShape,
  removedShape,
  subscriptionSecretShape,
  subscriptionShape,
} from '../shapes/subscription.js';
import { onceByHeader } from './once.js';
import { type OpenApiDocument, openApiOf, openApiRoute } from './openapi.js';
import type { Operation } from './operation.js';
import { attemptOperations, attemptPageShape } from './operations/attempts.js';
import { documentOperations, documentPageShape } from './operations/documents.js';
import {
  auditPageShape,
  deliveryPageShape,
  logOperations,
  quarantineEntryShape,
  quarantinePageShape,
  runPageShape,
} from './operations/log.js';
import { orderDetailShape, orderOperations, orderPageShape } from './operations/orders.js';
import { postingOperations, postingPageShape } from './operations/postings.js';
import {
  booksListShape,
  shopListShape,
  statementOperations,
  stateOperations,
  statsShape,
} from './operations/state.js';
import { subscriptionListShape, subscriptionOperations } from './operations/subscriptions.js';
import type { ApiDeps } from './services.js';

/** What has a name of its own in the document; each answer is one of them. */
const SHAPES = {
  Order: orderShape,
  OrderDetail: orderDetailShape,
  OrderPage: orderPageShape,
  History: historyShape,
  Refund: refundShape,
  Document: documentShape,
  DocumentDetail: documentDetailShape,
  DocumentPage: documentPageShape,
  Posting: postingShape,
  ListedPosting: listedPostingShape,
  PostingPage: postingPageShape,
  Status: statusShape,
  Shop: shopShape,
  ShopList: shopListShape,
  Books: booksShape,
  BooksList: booksListShape,
  Stats: statsShape,
  Proposal: proposalShape,
  Statement: statementShape,
  RunPage: runPageShape,
  DeliveryPage: deliveryPageShape,
  QuarantineEntry: quarantineEntryShape,
  QuarantinePage: quarantinePageShape,
  AuditPage: auditPageShape,
  Subscription: subscriptionShape,
  SubscriptionWithSecret: subscriptionSecretShape,
  SubscriptionList: subscriptionListShape,
  RemovedSubscription: removedShape,
  QueuedEvents: queuedShape,
  Attempt: attemptShape,
  AttemptPage: attemptPageShape,
};

export interface Api {
  readonly operations: readonly Operation[];
  /** All that is served: the operations, and the document that describes them. */
  readonly routes: readonly Route[];
  readonly document: OpenApiDocument;
}

/** The JSON API, version 1. */
export function createApi({
  app,
  audit,
  doOnce,
}: Omit<ApiDeps, 'once'> & { readonly doOnce: DoOnce }): Api {
  const deps: ApiDeps = { app, audit, once: onceByHeader(doOnce) };
  const operations = [
    ...orderOperations(deps),
    ...documentOperations(deps),
    ...postingOperations(deps),
    ...stateOperations(deps),
    ...statementOperations(deps),
    ...logOperations(deps),
    ...subscriptionOperations(deps),
    ...attemptOperations(deps),
  ];
  let document: OpenApiDocument | undefined;
  // Made when somebody asks: nobody who starts the daemon need wait for it.
  const describe = () => {
    document ??= openApiOf(operations, SHAPES);
    return document;
  };
  return {
    operations,
    routes: [openApiRoute(describe), ...operations],
    get document() {
      return describe();
    },
  };
}
