import { expect, test } from 'vitest';
import { EXAMPLES } from '../../tests/support/documents.js';
import { remembering } from './remembering.js';
import type { Rendered, Renderer } from './renderer.js';

function counting(answer: (times: number) => Rendered): { render: Renderer; times: () => number } {
  let times = 0;
  return {
    render: async () => {
      times += 1;
      return answer(times);
    },
    times: () => times,
  };
}

const RENDERED: Rendered = { kind: 'rendered', files: [], notes: [] };

test('what two books want at once is made once', async () => {
  const { render, times } = counting(() => RENDERED);
  const shared = remembering(render, 2);
  await Promise.all([shared(EXAMPLES.plain), shared(EXAMPLES.plain)]);
  await shared(EXAMPLES.plain);
  expect(times()).toBe(1);
});

test('only the newest documents are kept', async () => {
  const { render, times } = counting(() => RENDERED);
  const shared = remembering(render, 2);
  for (const document of [EXAMPLES.plain, EXAMPLES.yen, EXAMPLES.fees]) await shared(document);
  await shared(EXAMPLES.fees);
  expect(times()).toBe(3);
  await shared(EXAMPLES.plain);
  expect(times()).toBe(4);
});

test('what could not be made is tried again', async () => {
  const trouble: Rendered = { kind: 'trouble', reason: 'No font.', fix: 'Mend it.' };
  const { render, times } = counting((count) => (count === 1 ? trouble : RENDERED));
  const shared = remembering(render, 2);
  expect(await shared(EXAMPLES.plain)).toBe(trouble);
  expect(await shared(EXAMPLES.plain)).toBe(RENDERED);
  expect(times()).toBe(2);
});
