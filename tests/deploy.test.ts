import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };

const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name: string) => readFileSync(pathOf(name), 'utf8');

const unit = read('deploy/orderpark.service');
const dockerfile = read('deploy/Dockerfile').replaceAll('\\\n', ' ');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

/** The last value that a setting of the unit has. */
function setting(name: string): string | undefined {
  return [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].at(-1)?.[1];
}

test('the unit is ready when the program says so, and is started again but for a wrong config', () => {
  expect(setting('Type')).toBe('notify');
  expect(setting('NotifyAccess')).toBe('all');
  expect(setting('Restart')).toBe('always');
  expect(setting('RestartPreventExitStatus')).toBe('2 3');
});

test('systemd gives the program longer to end than it takes for itself', () => {
  const ownDeadlineMs = Number(
    /DEADLINE_MS = ([\d_]+)/.exec(read('src/main.ts'))?.[1]?.replaceAll('_', ''),
  );
  expect(ownDeadlineMs).toBeGreaterThan(0);
  expect(Number(setting('TimeoutStopSec')) * 1000).toBeGreaterThan(ownDeadlineMs);
  const compose = parse(read('deploy/docker-compose.yaml'));
  const grace = String(compose.services.orderpark.stop_grace_period);
  expect(Number.parseInt(grace, 10) * 1000).toBeGreaterThan(ownDeadlineMs);
});

test.skipIf(!hasSystemd)(
  'systemd finds no more exposure in the unit than docs/operations.md says',
  () => {
    const said = /exposure level[^.]*?\*\*(\d+\.\d)\*\*/.exec(read('docs/operations.md'))?.[1];
    const args = ['security', '--offline=true', '--no-pager', pathOf('deploy/orderpark.service')];
    const found = /Overall exposure level[^:]*: (\d+\.\d)/.exec(
      execFileSync('systemd-analyze', args, { encoding: 'utf8' }),
    )?.[1];
    expect(Number(found)).toBeGreaterThan(0);
    expect(Number(found)).toBeLessThanOrEqual(Number(said));
  },
);

test('the image is built in stages, and runs as a user who owns nothing but /data', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  expect(stages).toHaveLength(2);
  const final = stages[1] ?? '';
  expect(final).toMatch(/^node:24-slim\n/);
  expect(final).toMatch(/^USER node$/m);
  expect(final).toMatch(/^VOLUME \/data$/m);
  expect(final).toMatch(/^HEALTHCHECK .*\/healthz/m);
  expect(final).toMatch(/^CMD \["run"\]$/m);
  expect(final).not.toMatch(/^RUN .*npm/m);
});

test('the image starts the program that the package names', () => {
  expect(dockerfile).toContain(`ENTRYPOINT ["node", "/app/${packageJson.bin.orderpark}"]`);
  expect(setting('ExecStart')).toContain(`/opt/orderpark/${packageJson.bin.orderpark} run `);
});

test('all that the image copies is there, and let through', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  const letThrough = read('.dockerignore').split('\n');
  expect(copied.length).toBeGreaterThan(4);
  expect(letThrough.find((line) => !line.startsWith('#'))).toBe('*');
  for (const name of copied) {
    expect(existsSync(pathOf(name)), name).toBe(true);
    expect(letThrough).toContain(`!${name}`);
  }
});

test('the container can write to its volume alone, and is reached from this machine alone', () => {
  const { orderpark } = parse(read('deploy/docker-compose.yaml')).services;
  expect(orderpark).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    restart: 'unless-stopped',
  });
  expect(orderpark.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:8080:8080$/)]);
  expect(orderpark.volumes).toContain('data:/data');
});
