import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { holderOf, isDead, type ProcessTable } from './holder.js';

const table = (more: Partial<ProcessTable> = {}): ProcessTable => ({
  host: 'web1',
  pid: 10,
  exists: () => true,
  startOf: () => '500@1',
  ...more,
});

test('we ourselves are alive', () => {
  expect(isDead(holderOf())).toBe(false);
});

test('a process that ended is dead', async () => {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  const [host, , start] = holderOf().split(':');
  expect(isDead(`${host}:${child.pid}:${start}`)).toBe(true);
});

test.each([
  ['no such process', 'web1:11:400@1', table({ exists: () => false }), true],
  ['another process with its pid', 'web1:11:400@1', table(), true],
  ['the same process', 'web1:11:500@1', table(), false],
  ['another host', 'web2:11:400@1', table({ exists: () => false }), false],
  ['another container of the same name', 'web1:11:400@2', table({ exists: () => false }), false],
  ['a machine that tells no start', 'web1:11:', table({ startOf: () => undefined }), false],
  [
    'the same, and no such process',
    'web1:11:',
    table({ startOf: () => undefined, exists: () => false }),
    true,
  ],
  ['what is no holder', 'nonsense', table({ exists: () => false }), false],
])('%s', (_, holder, machine, expected) => {
  expect(isDead(holder, machine)).toBe(expected);
});
