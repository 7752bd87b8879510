import type { AnswerProblem } from '../../setup/answers.js';
import type { StatusAction } from '../../setup/statuses.js';
import type { VatCategory } from '../../setup/vat.js';
import type { Step } from '../setup/steps.js';

/** Words of the pages for a first config; what the shop and the file say is told as it is. */
export interface SetupWords {
  readonly steps: Readonly<Record<Step, string>>;
  readonly stepsLabel: string;
  readonly step: (number: number, of: number) => string;
  readonly next: string;
  readonly wrong: string;
  readonly problems: Readonly<Record<AnswerProblem, string>>;
  readonly refused: string;
  readonly refusedHow: string;
  readonly shop: {
    readonly lead: string;
    readonly url: string;
    readonly urlHelp: string;
    readonly allowPlainHttp: string;
    readonly ownUrl: string;
    readonly ownUrlHelp: string;
    readonly webhook: string;
  };
  readonly keys: {
    readonly found: (name: string, url: string) => string;
    readonly moved: (asked: string) => string;
    readonly closed: string;
    readonly approve: string;
    readonly approveLead: string;
    readonly approveStart: string;
    readonly approvePage: string;
    readonly approveWait: (listensAt: string, ownUrl: string) => string;
    readonly approved: string;
    readonly notYet: string;
    readonly denied: string;
    readonly late: string;
    readonly paste: string;
    readonly pasteLead: (permission: string) => string;
    /** As WooCommerce calls what a key may do. */
    readonly permissions: Readonly<Record<'read' | 'read_write', string>>;
    readonly makeOne: string;
    readonly key: string;
    readonly secret: string;
    readonly hidden: string;
  };
  readonly company: {
    readonly lead: string;
    readonly told: string;
    readonly version: string;
    readonly currency: string;
    readonly prices: string;
    readonly pricesWithTax: string;
    readonly pricesWithoutTax: string;
    readonly storage: string;
    readonly orderTables: string;
    readonly posts: string;
    readonly orders: string;
    readonly payments: string;
    readonly readOnly: string;
    readonly gaps: string;
    readonly sellerName: string;
    readonly country: string;
    readonly countryHelp: string;
    readonly vatNumber: string;
    readonly vatNumberHelp: string;
    readonly timezone: string;
    readonly since: string;
    readonly sinceHelp: string;
  };
  readonly rules: {
    readonly statuses: string;
    readonly statusesLead: string;
    readonly seen: string;
    readonly action: string;
    readonly actions: Readonly<Record<StatusAction, string>>;
    readonly vat: string;
    readonly vatLead: string;
    readonly rate: string;
    readonly use: string;
    readonly code: string;
    readonly category: string;
    readonly categories: Readonly<Record<VatCategory, string>>;
    readonly reason: string;
    readonly everywhere: string;
  };
  readonly books: {
    readonly lead: string;
    readonly which: string;
    readonly journal: string;
    readonly files: string;
    readonly email: string;
    readonly flavour: string;
    readonly mail: string;
    readonly smtp: string;
    readonly smtpKept: string;
    readonly mailFrom: string;
    readonly mailTo: string;
  };
  readonly review: {
    readonly lead: string;
    readonly files: string;
    readonly secret: string;
    readonly config: string;
    readonly there: string;
    readonly replaced: string;
    readonly thereHow: string;
    readonly unsound: string;
    readonly text: (file: string) => string;
    readonly write: string;
  };
  readonly done: {
    readonly lead: string;
    readonly findings: string;
    readonly levels: Readonly<Record<'ok' | 'warning' | 'error', string>>;
    readonly needsYou: string;
    readonly allRight: string;
    readonly webhooks: string;
    readonly webhooksLead: string;
    readonly register: string;
    readonly next: string;
    readonly nextLead: (file: string) => string;
    readonly commands: Readonly<Record<'check' | 'poll' | 'list' | 'run', string>>;
    readonly end: string;
    readonly ended: string;
    readonly endedHow: string;
  };
}
