import diagnostics from 'node:diagnostics_channel';

export interface RequestTimes {
  readonly count: number;
  /** Those that named the orders they asked for. */
  readonly byId: number;
  /** From each request's start to the head of its answer: the shop's own time and the loopback. */
  readonly shopMs: number;
}

/** Watches every HTTP request that this process makes until `stop`. */
export function watchRequests(): { stop(): RequestTimes } {
  const started = new Map<unknown, number>();
  let count = 0;
  let byId = 0;
  let shopMs = 0;
  const onStart = (message: unknown) => started.set(requestOf(message), performance.now());
  const onAnswer = (message: unknown) => {
    const request = requestOf(message);
    const startedAt = started.get(request);
    if (startedAt === undefined) return;
    started.delete(request);
    shopMs += performance.now() - startedAt;
    count += 1;
    if (pathOf(request).includes('include=')) byId += 1;
  };
  diagnostics.subscribe('http.client.request.start', onStart);
  diagnostics.subscribe('http.client.response.finish', onAnswer);
  return {
    stop() {
      diagnostics.unsubscribe('http.client.request.start', onStart);
      diagnostics.unsubscribe('http.client.response.finish', onAnswer);
      return { count, byId, shopMs };
    },
  };
}

function requestOf(message: unknown): unknown {
  return isObject(message) ? message['request'] : undefined;
}

function pathOf(request: unknown): string {
  return isObject(request) ? String(request['path']) : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
