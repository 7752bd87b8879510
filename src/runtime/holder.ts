import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Who has a claim: `host:pid:start`. `start` tells processes apart that have the same pid one after
 * the other; on Linux it names the pid namespace too, since in another container a pid means another
 * process.
 */
export type Holder = string;

/** What the machine tells about a process. */
export interface ProcessTable {
  readonly host: string;
  readonly pid: number;
  exists(pid: number): boolean;
  /** Undefined where the machine does not tell. */
  startOf(pid: number): string | undefined;
}

export function holderOf(table: ProcessTable = thisMachine): Holder {
  return `${table.host}:${table.pid}:${table.startOf(table.pid) ?? ''}`;
}

/**
 * True only where it is certain: the same host, and that process is gone. Of a holder elsewhere
 * nothing is known, so its claim must run out by itself.
 */
export function isDead(holder: Holder, table: ProcessTable = thisMachine): boolean {
  const [host, pidText, start] = holder.split(':');
  const pid = Number(pidText);
  if (host !== table.host || !Number.isSafeInteger(pid) || pid <= 0) return false;
  if (start && namespaceIn(start) !== namespaceIn(table.startOf(table.pid) ?? '')) return false;
  if (!table.exists(pid)) return true;
  const current = table.startOf(pid);
  return Boolean(start) && current !== undefined && current !== start;
}

function namespaceIn(start: string): string {
  return start.split('@')[1] ?? '';
}

/** This process's own view: `/proc` on Linux, the pid alone elsewhere. */
const thisMachine: ProcessTable = {
  host: hostname(),
  pid: process.pid,
  exists(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
    }
  },
  startOf(pid) {
    try {
      // Field 22, in ticks since the machine started; the name before it may hold anything.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      const namespace = readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
      return `${fields?.[19]}@${namespace}`;
    } catch {
      return undefined;
    }
  },
};
