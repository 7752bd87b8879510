import { Problem } from '../server/problem.js';
import type { DoOnce } from '../services/once.js';
import { type Once, wrong } from './operation.js';

const KEY_FORM = /^[\x21-\x7e]{1,255}$/;

/** Does an action once for each `Idempotency-Key` of a principal; without one as often as it is asked. */
export function onceByHeader(doOnce: DoOnce): Once {
  return async (asked, act, isSecret) => {
    const key = asked.header('idempotency-key');
    if (key === undefined) return { kind: 'json', body: await act() };
    if (!KEY_FORM.test(key)) throw wrongKey();
    const principal = asked.principal?.name ?? '';
    const request = JSON.stringify([asked.method, asked.path, asked.json ?? {}]);
    const answer = await doOnce({ principal, key, request, isSecret }, async () => ({
      kind: 'done',
      body: await act(),
    }));
    switch (answer.kind) {
      case 'done': {
        const headers = { headers: { 'Idempotency-Replayed': 'true' } };
        return { kind: 'json', body: answer.body, ...(answer.isReplayed ? headers : {}) };
      }
      case 'another-request':
        throw new Problem(422, 'This Idempotency-Key was used for another request.');
      case 'under-way':
        throw new Problem(409, 'The first request with this Idempotency-Key is still worked on.', {
          headers: { 'Retry-After': '5' },
        });
      case 'unreadable':
        throw new Problem(409, `It was done, and cannot be answered again. ${answer.message}`, {
          fix: 'Look at what there is now, and rotate the secret.',
        });
      case 'refused':
        return answer.why;
    }
  };
}

function wrongKey(): Problem {
  const detail = 'Expected 1 to 255 visible characters.';
  return wrong([{ in: 'header', name: 'Idempotency-Key', detail }]);
}
