import type { Role } from './roles.js';

/** Somebody, or some program, that has proved who it is. */
export interface Principal {
  /** `eva`, `token:script`, `jwt:…`: as the audit has it. */
  readonly name: string;
  readonly role: Role;
}
