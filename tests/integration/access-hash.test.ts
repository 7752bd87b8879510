import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { isPassword } from '../../src/access/password.js';

/** `orderpark access hash` with its password piped in, as a process of its own. */
async function hash(input: string): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'access', 'hash'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

it('prints what stands for the password in the config, and nothing else', async () => {
  const { code, out } = await hash('correct horse battery\nand another line\n');
  expect(code).toBe(0);
  expect(await isPassword('correct horse battery', out.trim())).toBe(true);
  expect(out).not.toContain('correct');
});

it.each(['', 'short\n'])(
  '%j is no password: nothing is printed, and why is told',
  async (input) => {
    const { code, out, err } = await hash(input);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('fewer than 10 characters');
  },
);
