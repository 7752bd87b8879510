import { type Call, measured } from '../runtime/measured.js';
import type { Bundling, Destination, PreparedBundle } from './destination.js';

/** The same books, whose attempts and look-ups are told as they end; a bundle that is sent is one `send`. */
export function measuredBooks(books: Destination, tell: (call: Call) => void): Destination {
  const counted = measured(books, ['post', 'find'], tell);
  const { bundle } = books;
  if (bundle === undefined) return counted;
  const timed = measuredBundling(bundle, tell);
  return new Proxy(counted, {
    get: (on, name) => (name === 'bundle' ? timed : Reflect.get(on, name)),
  });
}

function measuredBundling(bundle: Bundling, tell: (call: Call) => void): Bundling {
  return {
    lastAt: (now) => bundle.lastAt(now),
    nextAt: (now) => bundle.nextAt(now),
    groupOf: (document) => bundle.groupOf(document),
    async prepare(items, signal) {
      const prepared = await bundle.prepare(items, signal);
      return measured<PreparedBundle>(prepared, ['send'], (call) => tell(firstOf(call)));
    },
  };
}

/** What is in one mail mostly ends alike: the first stands for it. */
function firstOf(call: Call): Call {
  if (!('result' in call.end) || !Array.isArray(call.end.result)) return call;
  return { ...call, end: { result: call.end.result[0] } };
}
