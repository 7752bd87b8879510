import { type Clock, instantOf } from '../orders/time.js';
import type { Store } from '../store/store.js';
import type { Principal } from './principal.js';

/** Of a request: who asks, from where, and the form that was filled in. */
interface Requester {
  readonly principal?: Principal;
  readonly address: string;
  readonly form: URLSearchParams;
}

/** Keeps who asked for what, and from where; written before it is done. */
export interface Audit {
  record(asked: Requester, action: string, target: string, detail?: string): Promise<void>;
  /** `principal` undefined: somebody who could not prove who it is. */
  login(asked: Requester, principal: Principal | undefined): Promise<void>;
}

export function createAudit({ store, clock }: { store: Store; clock: Clock }): Audit {
  const add = (who: string, role: string, { address }: Requester, action: string, more: Line) =>
    store.transaction((tx) =>
      tx.addAudit({ at: instantOf(clock.now()), who, role, address, action, ...more }),
    );
  return {
    record: (asked, action, target, detail = '') =>
      add(asked.principal?.name ?? '', asked.principal?.role ?? '', asked, action, {
        target,
        detail,
      }),
    login: (asked, principal) =>
      add(
        principal?.name ?? '',
        principal?.role ?? '',
        asked,
        principal ? 'login' : 'login-failed',
        {
          target: '',
          // A name is told, never what was tried with it.
          detail: principal ? '' : (asked.form.get('name') ?? '').slice(0, 64),
        },
      ),
  };
}

interface Line {
  readonly target: string;
  readonly detail: string;
}
