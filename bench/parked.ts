import { createApp } from '../src/app.js';
import { clockFrom, DAY_MS } from './bench-clock.js';
import { benchConfig } from './bench-config.js';
import { inFolder } from './measure.js';
import type { Surroundings } from './measures.js';
import { watchRequests } from './requests.js';
import { atMost, type Row, told } from './row.js';
import { SHOP_NOW, startShop } from './shop.js';

const PARKED = 1000;

/** The requests of a batch where every order of the shop is parked. */
export async function measureParked({ configPath }: Surroundings): Promise<readonly Row[]> {
  const shop = await startShop(PARKED);
  try {
    return await inFolder(async (folder) => {
      const clock = clockFrom(SHOP_NOW);
      const config = benchConfig(configPath, folder, shop.url);
      const shops = config.shops.map((each) => ({ ...each, statuses: { rules: [] } }));
      const app = await createApp({ ...config, shops }, { clock });
      const { signal } = new AbortController();
      try {
        await app.poll('demo', {}, signal);
        clock.advance(DAY_MS);
        const watched = watchRequests();
        const batch = await app.batch('demo', {}, signal);
        const { count, byId } = watched.stop();
        const parked = 'statement' in batch ? batch.statement?.states.parked.count : undefined;
        if (parked !== PARKED) throw new Error(`${parked} orders are parked`);
        return [
          atMost(`batch of ${PARKED} parked orders: requests for them`, byId, PARKED / 100, ''),
          told('batch: further requests, for the statement', String(count - byId)),
        ];
      } finally {
        await app.close();
      }
    });
  } finally {
    await shop.stop();
  }
}
