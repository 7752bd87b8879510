import { createHash, timingSafeEqual } from 'node:crypto';
import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import type { Principal } from './principal.js';
import { ROLES } from './roles.js';
import type { JwtSettings, TokenSettings } from './settings.js';

/** Whoever holds this token; undefined where it is nobody's. */
export function holderOf(token: string, tokens: readonly TokenSettings[]): Principal | undefined {
  const given = digest(token);
  // All are compared, so that the time does not tell which one was nearly right.
  const [holder] = tokens.filter((each) => timingSafeEqual(given, digest(each.token)));
  return holder && { name: `token:${holder.name}`, role: holder.role };
}

const claims = z.object({ sub: z.string().min(1), role: z.enum(ROLES) });

/**
 * Whoever a JSON Web Token speaks for, by its claims `sub` and `role`. It must end (`exp`). Undefined
 * for one that is wrong in any way.
 */
export async function bearerOf(
  token: string,
  settings: JwtSettings,
  nowMs: number,
): Promise<Principal | undefined> {
  const { issuer, audience } = settings;
  const options: JWTVerifyOptions = {
    currentDate: new Date(nowMs),
    requiredClaims: ['exp', 'sub'],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  try {
    const payload = await payloadOf(token, settings, options);
    const { sub, role } = claims.parse(payload);
    return { name: `jwt:${sub}`, role };
  } catch {
    return undefined;
  }
}

/** The algorithm is ours to choose, and never the token's. */
async function payloadOf(
  token: string,
  { secret, publicKey }: JwtSettings,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  // Loaded where somebody has such tokens.
  const { importSPKI, jwtVerify } = await import('jose');
  if (publicKey !== undefined) {
    const key = await importSPKI(publicKey, 'EdDSA');
    return (await jwtVerify(token, key, { ...options, algorithms: ['EdDSA'] })).payload;
  }
  const key = new TextEncoder().encode(secret ?? '');
  return (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
