import type { Clock } from '../orders/time.js';
import type { Store } from '../store/store.js';
import type { Destination } from './destination.js';

/** The part of a pino logger that the export uses. */
interface ExportLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ExportDeps {
  readonly store: Store;
  readonly destinations: readonly Destination[];
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly logger: ExportLog;
  /** This process, as other processes can ask about it. */
  readonly holder: string;
  readonly isDead: (holder: string) => boolean;
  /** How long a claim lasts; one attempt gets half of it. */
  readonly leaseMs: number;
  /** Resolves after `delayMs`, or as soon as `signal` aborts. Default: real time. */
  readonly sleep?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}
