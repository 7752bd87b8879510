import { stringify } from 'yaml';
import type { Config } from './config.js';
import { createMasker, MASK } from './secrecy.js';
import { secretsOf } from './secrets-of.js';

/** Keys of the config, as it is worked out, under which a secret stands. */
const SECRET_KEYS = new Set([
  ...['consumerKey', 'consumerSecret', 'secrets', 'secret', 'licenseKey', 'token', 'passwordHash'],
]);

/** The config in force as YAML, each default filled in, without a secret. */
export function effectiveYaml(config: Config): string {
  const mask = createMasker(secretsOf(config));
  return stringify(masked(config, mask), { lineWidth: 0, aliasDuplicateObjects: false });
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((each) => masked(each, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      SECRET_KEYS.has(key) ? MASK : masked(part, mask),
    ]),
  );
}
