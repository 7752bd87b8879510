import type { Clock } from '../orders/time.js';
import { bearerOf, holderOf } from './bearer.js';
import { hashPassword, isPassword } from './password.js';
import type { Principal } from './principal.js';
import type { Sessions } from './sessions.js';
import type { AccessSettings } from './settings.js';

/** Tells who somebody is. */
export interface Access {
  /** By name and password. */
  byPassword(name: string, password: string): Promise<Principal | undefined>;
  /** By a token of the config, or a JSON Web Token. */
  byToken(token: string): Promise<Principal | undefined>;
  /** By the cookie of a session. */
  bySession(cookie: string): Promise<Principal | undefined>;
  readonly sessions: Sessions;
}

/** A user who is taken out of the config is out at once, and a new role counts at once. */
export function createAccess(settings: AccessSettings, sessions: Sessions, clock: Clock): Access {
  const { users, tokens, jwt } = settings;
  // Of a name that nobody has, a hash is worked out as well, so that the time tells nothing.
  let decoy: Promise<string> | undefined;
  return {
    sessions,
    async byPassword(name, password) {
      const user = users.find((each) => each.name === name);
      decoy ??= hashPassword('');
      const isRight = await isPassword(password, user?.passwordHash ?? (await decoy));
      return user && isRight ? { name: user.name, role: user.role } : undefined;
    },
    async byToken(token) {
      const holder = holderOf(token, tokens);
      if (holder !== undefined || jwt === undefined) return holder;
      return bearerOf(token, jwt, clock.now());
    },
    async bySession(cookie) {
      const name = await sessions.nameOf(cookie);
      if (name === undefined) return undefined;
      const user = users.find((each) => each.name === name);
      if (user) return { name, role: user.role };
      const token = tokens.find((each) => `token:${each.name}` === name);
      return token && { name, role: token.role };
    },
  };
}
