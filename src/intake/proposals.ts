import { createHash } from 'node:crypto';
import type { StoredOrder } from '../store/store.js';
import { correctSale, NotCorrectable } from './correct-sale.js';
import type { Desk } from './desk.js';
import type { Correction, Intake, Proposal, ProposalAccepted } from './intake.js';

/** Runs work in a transaction at a desk of its own; what it throws undoes it. */
type AtDesk = <T>(shop: string, work: (desk: Desk) => Promise<T>) => Promise<T>;

/**
 * "Credit and book again". A proposal is the thing itself, done and undone: so nothing can be accepted
 * that would not be done, and what is shown is right to the number.
 */
export function proposals(atDesk: AtDesk): Pick<Intake, 'propose' | 'acceptProposal'> {
  const correcting = async <T>(
    shop: string,
    orderId: number,
    then: (correction: Correction) => T,
  ): Promise<T | Extract<Proposal, { kind: 'none' }> | undefined> => {
    try {
      return await atDesk(shop, async (desk) => {
        const stored: StoredOrder | undefined = await desk.tx.order(shop, orderId);
        return stored && then(await correctSale(desk, stored));
      });
    } catch (error) {
      if (!(error instanceof NotCorrectable)) throw error;
      return { kind: 'none', reason: error.reason, fix: error.fix };
    }
  };

  return {
    async propose(shop, orderId) {
      try {
        return await correcting<never>(shop, orderId, (correction) => {
          throw new Undone(correction);
        });
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
        const { correction } = error;
        return { kind: 'proposal', mark: markOf(correction), ...correction };
      }
    },

    async acceptProposal(shop, orderId, mark) {
      try {
        return await correcting<ProposalAccepted>(shop, orderId, (correction) => {
          if (markOf(correction) !== mark) throw new Undone(correction);
          return { kind: 'accepted', ...correction };
        });
      } catch (error) {
        if (error instanceof Undone) return { kind: 'outdated' };
        throw error;
      }
    },
  };
}

/** Ends a transaction without a trace. */
class Undone extends Error {
  constructor(readonly correction: Correction) {
    super('undone');
  }
}

/** Without numbers and dates, which may be others by the time that a person has made up their mind. */
function markOf({ documents, order }: Correction): string {
  const said = documents.map(({ key, grossMinor, taxes, settlements, lines, buyer }) => [
    ...[key, grossMinor, taxes, settlements, lines, buyer],
  ]);
  const text = JSON.stringify([said, order.state, order.contentHash]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
