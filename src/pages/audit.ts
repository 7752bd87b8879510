export type { Audit } from '../access/audit.js';
