import { systemClock } from '../../runtime/clock.js';
import { readShopAddress } from '../../setup/address.js';
import { findShop } from '../../setup/find-shop.js';
import type { Site } from '../../woocommerce/find-site.js';
import { ShopError } from '../../woocommerce/shop-error.js';
import { inWords } from './answers.js';
import type { Session } from './session.js';

/** The shop behind the address that was given; asked again where there is none. Throws ShopError. */
export async function findTheShop(session: Session, shop: string): Promise<Site> {
  const { context, options, answers, note } = session;
  const allowPlainHttp = options.allowPlainHttp === true;
  const clock = context.overrides?.clock ?? systemClock;
  for (let given = options.url; ; given = undefined) {
    const address = await answers.text({
      option: '--url <address>',
      given,
      message: "The shop's address",
      problem: inWords((answer) => {
        const read = readShopAddress(answer, allowPlainHttp);
        return read.ok ? undefined : read.problem;
      }),
    });
    const read = readShopAddress(address, allowPlainHttp);
    if (!read.ok) continue;
    note(`Looking at ${[read.url, ...read.changes].join(', ')}`);
    try {
      const search = { shop, allowPlainHttp, clock, signal: context.signal };
      const site = await findShop(read.url, search);
      tellOf(session, site, read.url);
      return site;
    } catch (error) {
      retryOrThrow(session, error);
    }
  }
}

function tellOf({ note }: Session, site: Site, asked: string): void {
  if (site.url !== asked) note(`The shop is really at ${site.url}, so that is its address here.`);
  if (!site.isOpen)
    note('It tells strangers nothing; its key will show whether it is WooCommerce.');
}

/** What a person can put right with another answer is told; anything else, and elsewhere, is thrown. */
export function retryOrThrow({ answers, context, note }: Session, error: unknown): void {
  const canRetry = error instanceof ShopError && error.kind !== 'aborted' && answers.canAsk;
  if (!canRetry || context.signal.aborted) throw error;
  note(`That did not work: ${error.message}`);
  note(`  ${error.fix}`);
}
