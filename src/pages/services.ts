import type { Audit } from '../access/audit.js';
import type { App } from '../app.js';

/** What the pages work with. */
export interface PageDeps {
  readonly app: App;
  readonly audit: Audit;
  /** IANA zone of the config. */
  readonly zone: string;
}
