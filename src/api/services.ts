import type { Audit } from '../access/audit.js';
import type { App } from '../app.js';
import type { Once } from './operation.js';

/** What the operations work with. */
export interface ApiDeps {
  readonly app: App;
  readonly audit: Audit;
  readonly once: Once;
}
