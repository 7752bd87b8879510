import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder with the official rules. They belong to others and are not part of this repository: they
 * lie beside it, or where `TEST_EINVOICE_SPECS` says.
 */
const SPECS = resolve(
  process.env['TEST_EINVOICE_SPECS'] ??
    fileURLToPath(new URL('../../../../shared/specs/einvoice', import.meta.url)),
);

/** The official rules are used where they are present, and required in CI. */
export function mustSkipEinvoices(): boolean {
  return !process.env['CI'] && !existsSync(SPECS);
}

/** The path of an official file, as `en16931/….sch`. @throws where it is absent, saying what to do */
export function specPath(name: string): string {
  const path = join(SPECS, name);
  if (existsSync(path)) return path;
  throw new Error(
    `The official rules for e-invoices are missing: ${path}. Put them there, or name their folder in TEST_EINVOICE_SPECS.`,
  );
}
