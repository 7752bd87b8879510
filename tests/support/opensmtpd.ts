import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { until } from './program.js';

/** Debian puts it where only root's path leads. */
const PROGRAM = '/usr/sbin/smtpd';
const isRoot = userInfo().uid === 0;

/** A real mail server on this machine, which delivers into a folder. */
export interface OpenSmtpd {
  readonly url: string;
  /** The mails that have arrived, once there are so many; one a reader. */
  delivered(count: number): Promise<readonly Buffer[]>;
  stop(): Promise<void>;
}

/** It needs root, by itself or by a sudo that asks nothing; with CI set, it must be there. */
export function mustSkipOpenSmtpd(): boolean {
  return !process.env['CI'] && !(existsSync(PROGRAM) && (isRoot || canSudo()));
}

function canSudo(): boolean {
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Takes mail for the domain, and for no other. */
export async function startOpenSmtpd(domain: string): Promise<OpenSmtpd> {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-smtpd-'));
  const box = join(folder, 'box');
  mkdirSync(box);
  // It delivers as somebody else than root, who must get there.
  chmodSync(folder, 0o755);
  chmodSync(box, 0o777);
  const port = await freePort();
  const config = join(folder, 'smtpd.conf');
  writeFileSync(config, configText(domain, port, join(box, 'Maildir')));
  const log: string[] = [];
  const args = ['-d', '-f', config];
  const child = isRoot ? start(PROGRAM, args, log) : start('sudo', ['-n', PROGRAM, ...args], log);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await until(
    () => greets(port),
    () => log.join(''),
  );
  return {
    url: `smtp://127.0.0.1:${port}`,
    async delivered(count) {
      const arrived = join(box, 'Maildir', 'new');
      const names = async () => (existsSync(arrived) ? readdir(arrived) : []);
      await until(
        async () => (await names()).length >= count,
        () => log.join(''),
      );
      return Promise.all((await names()).sort().map((name) => readFile(join(arrived, name))));
    },
    async stop() {
      if (isRoot) child.kill();
      else execFileSync('sudo', ['-n', 'kill', `${child.pid}`]);
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configText(domain: string, port: number, maildir: string): string {
  const user = isRoot ? 'nobody' : userInfo().username;
  return [
    `listen on 127.0.0.1 port ${port} hostname mail.test`,
    `action "keep" maildir "${maildir}" user ${user} virtual { "@" = ${user} }`,
    `match from any for domain "${domain}" action "keep"`,
    '',
  ].join('\n');
}

function start(command: string, args: readonly string[], log: string[]): ChildProcess {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => log.push(text));
  }
  child.once('error', (error) => log.push(error.message));
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (text) => end(text.toString().startsWith('220')));
    socket.once('error', () => end(false));
  });
}
