import type { FileConfig } from './schema.js';
import { accessSchema } from './schema-access.js';
import { secretText } from './secret-text.js';

export type AccessConfig = ReturnType<typeof resolveAccess>;

/** Who may come in. Nobody named: the page asks for the token that `run` keeps in a file. */
export function resolveAccess(file: FileConfig['access']) {
  const { users, tokens, jwt, ...rest } = file ?? accessSchema.parse({});
  return {
    ...rest,
    users: users.map(({ name, password, role }) => ({
      name,
      passwordHash: secretText(password),
      role,
    })),
    tokens: tokens.map(({ name, token, role }) => ({ name, token: secretText(token), role })),
    ...(jwt === undefined ? {} : { jwt: resolveJwt(jwt) }),
  };
}

type JwtFile = NonNullable<NonNullable<FileConfig['access']>['jwt']>;

function resolveJwt({ secret, publicKey, issuer, audience }: JwtFile) {
  return {
    ...(secret === undefined ? {} : { secret: secretText(secret) }),
    ...(publicKey === undefined ? {} : { publicKey: secretText(publicKey) }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
}
