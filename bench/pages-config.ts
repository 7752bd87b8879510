import type { Config } from '../src/config/config.js';
import { benchConfig } from './bench-config.js';

/** In turn, since each may ask the API only so often. */
const TOKENS = 12;

export const tokenOf = (n: number) => `token-of-the-benchmark-${n % TOKENS}-0123456789abcdef`;

/** The demo's own file, with tokens that may do everything and a shop that is never reached. */
export function pagesConfig(path: string, folder: string): Config {
  const config = benchConfig(path, folder, 'http://127.0.0.1:9');
  const tokens = Array.from({ length: TOKENS }, (_, n) => ({
    ...{ name: `bench-${n}`, token: tokenOf(n), role: 'admin' as const },
  }));
  return { ...config, access: { ...config.access, tokens } };
}
