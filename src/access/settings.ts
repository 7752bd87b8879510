import type { Role } from './roles.js';

/** Who may come in: the config's `access`. */
export interface AccessSettings {
  readonly users: readonly UserSettings[];
  readonly tokens: readonly TokenSettings[];
  /** Absent: no JSON Web Token is taken. */
  readonly jwt?: JwtSettings;
  readonly sessionHours: number;
}

interface UserSettings {
  readonly name: string;
  /** As `hashPassword` writes it. */
  readonly passwordHash: string;
  readonly role: Role;
}

export interface TokenSettings {
  /** By which the audit calls whoever holds it. */
  readonly name: string;
  readonly token: string;
  readonly role: Role;
}

/** Signed with HS256 by `secret`, or with EdDSA by the owner of `publicKey` (SPKI, PEM). */
export interface JwtSettings {
  readonly secret?: string;
  readonly publicKey?: string;
  readonly issuer?: string;
  readonly audience?: string;
}
