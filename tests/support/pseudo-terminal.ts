import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { until } from './program.js';

/** A program at a terminal, and a person before it. */
export interface AtTerminal {
  /** All that the terminal has shown, without what only moves the cursor. */
  shown(): string;
  /** Waits until this is shown after what was shown when a key was last pressed. */
  sees(text: string): Promise<void>;
  press(keys: string): void;
  /** Sends SIGTERM to the program. */
  terminate(): void;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  kill(): void;
}

export const ENTER = '\r';
export const DOWN = '\x1b[B';
export const SPACE = ' ';
export const CTRL_C = '\x03';
/** Clears the line that is typed. */
export const CTRL_U = '\x15';

/** Python's pty makes the terminal: it is the same on every system that has one. */
const BRIDGE = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** Required in CI, and used where Python is installed. */
export function mustSkipTerminals(): boolean {
  if (process.env['CI']) return false;
  try {
    execFileSync('python3', ['-c', 'import pty'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
}

export function startAtTerminal(
  command: readonly string[],
  { cwd, hasSize = true }: { readonly cwd: string; readonly hasSize?: boolean },
): AtTerminal {
  const size = hasSize ? 'cols 200 rows 50' : 'cols 0 rows 0';
  const script = `echo "process $$"; stty ${size}; exec "$@"`;
  const told = ['sh', '-c', script, 'sh', ...command];
  const child: ChildProcess = spawn('python3', ['-c', BRIDGE, ...told], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1', CI: '' },
  });
  let raw = '';
  let seenTo = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
  });
  const shown = () => stripVTControlCharacters(raw);
  return {
    shown,
    sees: (text) =>
      until(
        () => stripVTControlCharacters(raw.slice(seenTo)).includes(text),
        () => `not seen: ${text}\n${shown()}`,
      ),
    press(keys) {
      seenTo = raw.length;
      child.stdin?.write(keys);
    },
    terminate() {
      process.kill(Number(/process (\d+)/.exec(raw)?.[1]), 'SIGTERM');
    },
    ended: new Promise((resolve) => child.once('close', resolve)),
    kill: () => void child.kill('SIGKILL'),
  };
}
