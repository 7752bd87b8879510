import type { App } from '../app.js';
import type { Audit } from './audit.js';

/** What the pages work with. */
export interface PageDeps {
  readonly app: App;
  readonly audit: Audit;
  /** IANA zone of the config. */
  readonly zone: string;
}
