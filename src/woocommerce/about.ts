import type { Reply, Requester } from './requester.js';
import { siteIndexSchema, statusTotalsSchema, systemStatusSchema } from './schemas.js';
import type { Asking } from './sender.js';
import type { ShopAbout } from './shop-client.js';
import { ShopError } from './shop-error.js';

/**
 * What the shop is and how it is set up. Each part may be missing (the key's user may lack the
 * right, a plugin may hide it); where nothing that needs the key answers, its error is thrown.
 */
export async function readAbout(requester: Requester, asking: Asking): Promise<ShopAbout> {
  const totals = await attempt(requester.list('reports/orders/totals', {}, asking));
  const status = await attempt(
    requester.object('system_status', { _fields: 'environment,settings' }, asking),
  );
  if ('error' in totals && 'error' in status) throw totals.error;
  const site = await attempt(requester.siteIndex({ _fields: 'name,timezone_string' }, asking));
  const clockSource = 'reply' in totals ? totals : status;
  return {
    ...siteOf(site),
    ...systemOf(status),
    statuses: statusesOf(totals),
    clockSkewMs: 'reply' in clockSource ? skewOf(clockSource.reply) : 0,
  };
}

type Attempt<Body> = { readonly reply: Reply<Body> } | { readonly error: ShopError };

async function attempt<Body>(asked: Promise<Reply<Body>>): Promise<Attempt<Body>> {
  try {
    return { reply: await asked };
  } catch (error) {
    const passing = error instanceof ShopError && !['wait', 'aborted'].includes(error.kind);
    if (!passing) throw error;
    return { error };
  }
}

function siteOf(site: Attempt<object>): Pick<ShopAbout, 'name' | 'timezone'> {
  const index = siteIndexSchema.safeParse('reply' in site ? site.reply.body : undefined);
  if (!index.success) return {};
  return {
    ...told('name', index.data.name),
    // Empty where the site is set to a fixed offset instead of a zone.
    ...told('timezone', index.data.timezone_string),
  };
}

type System = Pick<ShopAbout, 'wooCommerceVersion' | 'currency' | 'orderStorage'>;

function systemOf(status: Attempt<object>): System {
  const system = systemStatusSchema.safeParse('reply' in status ? status.reply.body : undefined);
  if (!system.success) return {};
  const { environment, settings } = system.data;
  return {
    ...told('wooCommerceVersion', environment?.version ?? ''),
    ...told('currency', settings?.currency ?? ''),
    ...storageOf(settings?.HPOS_enabled, settings?.order_datastore ?? ''),
  };
}

function storageOf(hposEnabled: unknown, datastore: string): Pick<ShopAbout, 'orderStorage'> {
  if (typeof hposEnabled === 'boolean') return { orderStorage: hposEnabled ? 'hpos' : 'posts' };
  if (datastore === '') return {};
  return { orderStorage: datastore.includes('OrdersTableDataStore') ? 'hpos' : 'posts' };
}

function statusesOf(totals: Attempt<readonly unknown[]>): ShopAbout['statuses'] {
  const statuses = statusTotalsSchema.safeParse('reply' in totals ? totals.reply.body : undefined);
  return statuses.success ? statuses.data : [];
}

/** The Date header is cut to whole seconds, so half a second is added; taken at mid-flight. */
function skewOf({ shopNowMs, startedAtMs, endedAtMs }: Reply<unknown>): number {
  if (shopNowMs === endedAtMs) return 0;
  return Math.round(shopNowMs + 500 - (startedAtMs + endedAtMs) / 2);
}

function told<Key extends string>(key: Key, value: string): { [key in Key]?: string } {
  const part: { [key in Key]?: string } = {};
  if (value !== '') part[key] = value;
  return part;
}
