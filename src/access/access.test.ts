import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { bearerOf, holderOf } from './bearer.js';
import { hashPassword, isPassword, isPasswordHash } from './password.js';
import { may, PERMISSIONS, ROLES } from './roles.js';
import { formTokenOf, isFormToken } from './sessions.js';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const SECRET = 'a-shared-secret-of-enough-characters';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const PUBLIC_PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function signed(claims: Record<string, unknown>, alg: string, key: Parameters<SignJWT['sign']>[0]) {
  return new SignJWT({ sub: 'script', role: 'viewer', exp: NOW_MS / 1000 + 60, ...claims })
    .setProtectedHeader({ alg })
    .sign(key);
}
const shared = (text: string) => new TextEncoder().encode(text);

describe('passwords', () => {
  it('are known by their hash, which differs each time, and by nothing else', async () => {
    const [hash, other] = [
      await hashPassword('correct horse'),
      await hashPassword('correct horse'),
    ];
    expect(hash).not.toBe(other);
    expect(isPasswordHash(hash)).toBe(true);
    expect(await isPassword('correct horse', hash)).toBe(true);
    expect(await isPassword('correct horsf', hash)).toBe(false);
  });

  it('a text of another form is nobody’s hash', async () => {
    expect(isPasswordHash('correct horse')).toBe(false);
    expect(await isPassword('correct horse', 'correct horse')).toBe(false);
  });
});

describe('tokens of the config', () => {
  const tokens = [{ name: 'script', token: 't'.repeat(24), role: 'viewer' }] as const;
  it('tell their holder', () => {
    expect(holderOf('t'.repeat(24), tokens)).toEqual({ name: 'token:script', role: 'viewer' });
    expect(holderOf('t'.repeat(23), tokens)).toBeUndefined();
  });
});

describe('JSON Web Tokens', () => {
  const byBoth = { secret: SECRET, publicKey: PUBLIC_PEM };

  it('are taken with the right signature', async () => {
    const hs = await signed({}, 'HS256', shared(SECRET));
    const principal = { name: 'jwt:script', role: 'viewer' };
    expect(await bearerOf(hs, { secret: SECRET }, NOW_MS)).toEqual(principal);
    const ed = await signed({}, 'EdDSA', privateKey);
    expect(await bearerOf(ed, { publicKey: PUBLIC_PEM }, NOW_MS)).toEqual(principal);
  });

  it('the public key is no shared secret, whatever algorithm the token claims', async () => {
    const forged = await signed({ role: 'admin' }, 'HS256', shared(PUBLIC_PEM));
    expect(await bearerOf(forged, { publicKey: PUBLIC_PEM }, NOW_MS)).toBeUndefined();
    expect(await bearerOf(forged, byBoth, NOW_MS)).toBeUndefined();
  });

  it('one without a signature is nobody’s', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: 'script', role: 'admin', exp: NOW_MS / 1000 + 60 };
    const none = `${part({ alg: 'none' })}.${part(claims)}.`;
    expect(await bearerOf(none, { secret: SECRET }, NOW_MS)).toBeUndefined();
  });

  it.each([
    ['is over', { exp: NOW_MS / 1000 - 1 }],
    ['never ends', { exp: undefined }],
    ['has no role of ours', { role: 'root' }],
    ['speaks for nobody', { sub: '' }],
    ['is of another issuer', { iss: 'https://evil.example' }],
  ])('one that %s is nobody’s', async (_, claims) => {
    const token = await signed({ iss: 'https://ours.example', ...claims }, 'HS256', shared(SECRET));
    const settings = { secret: SECRET, issuer: 'https://ours.example' };
    expect(await bearerOf(token, settings, NOW_MS)).toBeUndefined();
  });
});

describe('roles', () => {
  it('each may see; only an admin may see the configuration; a viewer may do nothing', () => {
    for (const role of ROLES) {
      expect(may(role, 'read')).toBe(true);
      expect(may(role, 'configure')).toBe(role === 'admin');
      expect(may(role, 'act')).toBe(role !== 'viewer');
    }
    expect(PERMISSIONS.filter((each) => may('admin', each))).toEqual(PERMISSIONS);
  });
});

describe('tokens of forms', () => {
  it('belong to one session', () => {
    expect(isFormToken(formTokenOf('one'), 'one')).toBe(true);
    expect(isFormToken(formTokenOf('one'), 'two')).toBe(false);
    expect(isFormToken('', 'one')).toBe(false);
  });
});
