import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The program and its benchmarks as plain JavaScript, so that nothing but Node runs them. */
export interface Build {
  readonly program: string;
  remove(): void;
}

export function build(root: string): Build {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-bench-build-'));
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const tsc = join(root, 'node_modules/.bin/tsc');
  const args = ['-p', join(root, 'bench/tsconfig.json'), '--outDir', folder];
  execFileSync(tsc, args, { stdio: 'inherit' });
  return {
    program: join(folder, 'bench/main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
