import type { Requester } from './requester.js';
import { webhookSchema } from './schemas.js';
import type { CallOptions, ShopWebhook, ShopWebhookChange, ShopWebhooks } from './shop-client.js';
import { ShopError } from './shop-error.js';
import { wholeList } from './whole-list.js';

/** `asked` fails each call where the shop's address itself is wrong. */
export function webhookCalls(
  requester: Requester,
  shop: string,
  asked: <Result>(call: () => Promise<Result>) => Promise<Result>,
): ShopWebhooks {
  return {
    list: (call) =>
      asked(() => wholeList(requester, shop, PATH, call, (item) => webhookIn(shop, item))),
    get: (id, call) => asked(() => unlessGone(getOne(requester, shop, id, call))),
    create: (webhook, call) =>
      asked(async () => {
        const body = { ...wireOf(webhook), status: 'active' };
        const { body: made } = await requester.write({ method: 'post', path: PATH, body }, call);
        return webhookIn(shop, made);
      }),
    update: (id, change, call) =>
      asked(async () => {
        const path = `${PATH}/${id}`;
        const body = wireOf(change);
        const { body: changed } = await requester.write({ method: 'put', path, body }, call);
        return webhookIn(shop, changed, id);
      }),
    remove: (id, call) =>
      asked(async () => {
        // Without `force` the shop refuses (recorded: webhook-delete-without-force).
        const path = `${PATH}/${id}`;
        const parameters = { force: 'true' };
        await unlessGone(requester.write({ method: 'delete', path, parameters }, call));
      }),
  };
}

const PATH = 'webhooks';

async function getOne(
  requester: Requester,
  shop: string,
  id: number,
  { signal }: CallOptions,
): Promise<ShopWebhook> {
  const asking = { ...(signal ? { signal } : {}), fresh: true };
  const { body } = await requester.object(`${PATH}/${id}`, {}, asking);
  return webhookIn(shop, body, id);
}

async function unlessGone<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'gone') return undefined;
    throw error;
  }
}

function wireOf(change: ShopWebhookChange): Record<string, string> {
  const { deliveryUrl, ...rest } = change;
  const named = { ...rest, ...(deliveryUrl === undefined ? {} : { delivery_url: deliveryUrl }) };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** `id` where one certain webhook was asked for: a cache may mix answers up. */
function webhookIn(shop: string, json: unknown, id?: number): ShopWebhook {
  const read = webhookSchema.safeParse(json);
  if (!read.success || (id !== undefined && read.data.id !== id)) {
    throw new ShopError(
      shop,
      'garbled',
      'the shop answers something else than a webhook',
      'A plugin or cache changes the answers of /wp-json/: leave that path out of both.',
    );
  }
  const { name, status, topic, delivery_url, date_modified_gmt } = read.data;
  return {
    id: read.data.id,
    name,
    status,
    topic,
    deliveryUrl: delivery_url,
    modifiedAt: date_modified_gmt,
  };
}
