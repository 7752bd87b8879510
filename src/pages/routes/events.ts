import type { Route, ServerEvent } from '../../server/route.js';

/** Tells open pages that something happened, so that they read themselves again. */
export function eventRoutes(changes: Changes): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/events',
      needs: 'read',
      handle: ({ signal }) => ({ kind: 'events', events: eventsOf(changes, signal) }),
    },
  ];
}

/** Answers each time that something changed, at most once a second, until the signal aborts. */
export type Changes = (signal: AbortSignal) => AsyncIterable<void>;

async function* eventsOf(changes: Changes, signal: AbortSignal): AsyncIterable<ServerEvent> {
  yield { name: 'hello', data: '' };
  for await (const _ of changes(signal)) yield { name: 'changed', data: '' };
}
