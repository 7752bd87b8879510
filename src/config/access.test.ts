import { describe, expect, it } from 'vitest';
import { secretsOf } from './secrets-of.js';
import { configOf, load, ownerFile, problemsOf } from './testing/owner-file.js';

const HASH = `scrypt:32768:8:1:${'a'.repeat(22)}:${'b'.repeat(43)}`;
const TOKEN = 'a-token-of-the-tests-that-is-long-enough';
const ENV = { WC_KEY: 'ck_envkey0000', WC_SECRET: 'cs_envsecret0000', TOKEN };

const access = (text: string) => load(ownerFile({ access: `access: ${text}` }), { env: ENV });

describe('access', () => {
  it('of nobody leaves the lists empty, with a session of twelve hours', () => {
    expect(configOf(load(ownerFile())).access).toEqual({
      ...{ users: [], tokens: [], sessionHours: 12, maskPersonalData: false },
    });
  });

  it('names users by the hash of their password, and tokens', () => {
    const result = access(
      `{ users: [{ name: sanne, password: "${HASH}", role: admin }], tokens: [{ name: script, token: "$\{TOKEN}", role: viewer }] }`,
    );
    const config = configOf(result);
    expect(config.access).toMatchObject({
      users: [{ name: 'sanne', passwordHash: HASH, role: 'admin' }],
      tokens: [{ name: 'script', token: TOKEN, role: 'viewer' }],
    });
    expect(secretsOf(config)).toEqual(expect.arrayContaining([TOKEN, HASH]));
  });

  it('takes no password in clear, no short token and no role of its own making, all told at once', () => {
    const result = access(
      '{ users: [{ name: sanne, password: correct-horse, role: root }], tokens: [{ name: script, token: short, role: viewer }] }',
    );
    expect(problemsOf(result).map(({ path }) => path)).toEqual([
      'access.users[0].password',
      'access.users[0].role',
      'access.tokens[0].token',
    ]);
    const told = JSON.stringify(problemsOf(result));
    expect(told).toContain('orderpark access hash');
    expect(told).not.toContain('correct-horse');
  });

  it('a name is one person’s, or one token’s', () => {
    const one = `{ name: sanne, password: "${HASH}", role: admin }`;
    expect(problemsOf(access(`{ users: [${one}, ${one}] }`))).toMatchObject([
      { path: 'access.users[1].name' },
    ]);
    const token = `{ name: script, token: "$\{TOKEN}", role: viewer }`;
    expect(problemsOf(access(`{ tokens: [${token}, ${token}] }`))).toMatchObject([
      { path: 'access.tokens[1].name' },
    ]);
  });

  it('JSON Web Tokens want a secret or a key', () => {
    expect(problemsOf(access('{ jwt: { issuer: https://id.example } }'))).toMatchObject([
      { path: 'access.jwt', expected: 'secret or publicKey' },
    ]);
    expect(configOf(access(`{ jwt: { secret: "$\{TOKEN}" } }`)).access.jwt).toEqual({
      secret: TOKEN,
    });
  });
});
