import type { Express } from 'express';
import type { Health, HealthCheck } from '../runtime/health-check.js';
import { redactText } from '../runtime/redact.js';
import { operatorOnly } from './guard.js';

export interface HealthOptions {
  readonly checks: readonly HealthCheck[];
  /** Opens `/readyz` to other machines that send it as a bearer token. */
  readonly token?: string;
  /** For one check; 5,000 unless told. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/**
 * `/healthz`: the process is alive, for whoever restarts it. `/readyz`: it can do its work, with
 * what it cannot in the answer; for monitoring, and not a reason to restart.
 */
export function mountHealth(app: Express, { checks, token, timeoutMs }: HealthOptions): void {
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').type('text').send('ok\n');
  });
  app.get('/readyz', operatorOnly(token), async (_request, response) => {
    const answers = await Promise.all(
      checks.map((check) => answerOf(check, timeoutMs ?? TIMEOUT_MS)),
    );
    const ready = answers.every(({ ok }) => ok);
    response.set('Cache-Control', 'no-store').status(ready ? 200 : 503);
    response.json({ ready, checks: answers });
  });
}

async function answerOf(
  { name, look }: HealthCheck,
  timeoutMs: number,
): Promise<Health & { name: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    const detail = `no answer within ${timeoutMs / 1000} s`;
    timer = setTimeout(() => resolve({ ok: false, detail }), timeoutMs);
  });
  const health = await Promise.race([look().catch(failed), late]);
  clearTimeout(timer);
  return { name, ok: health.ok, detail: redactText(health.detail) };
}

function failed(error: unknown): Health {
  return { ok: false, detail: error instanceof Error ? error.message : 'it failed' };
}
