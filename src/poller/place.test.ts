import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPlace, type Place } from './place.js';

const first = (perPage: number): Place => ({ page: 1, perPage });

test('after a full page of 100 comes one that begins with its last item', () => {
  expect(nextPlace(first(100), true, 100)).toEqual({ page: 2, perPage: 99 });
});

test('after a page that is not full comes the next of its size', () => {
  expect(nextPlace({ page: 3, perPage: 98 }, false, 100)).toEqual({ page: 4, perPage: 98 });
});

test('every page overlaps the one before, goes further, and is no larger than the shop allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 100 }), (pageSize) => {
      let place = first(pageSize);
      for (let step = 0; step < 200; step += 1) {
        const next = nextPlace(place, true, pageSize);
        const reached = place.page * place.perPage;
        expect((next.page - 1) * next.perPage).toBeLessThan(reached);
        expect(next.page * next.perPage).toBeGreaterThan(reached);
        expect(next.perPage).toBeLessThanOrEqual(pageSize);
        place = next;
      }
    }),
  );
});

test('the overlap costs less than one page in ten over 10,000 orders', () => {
  let place = first(100);
  let pages = 1;
  for (; place.page * place.perPage < 10_000; pages += 1) place = nextPlace(place, true, 100);
  expect(pages).toBeLessThanOrEqual(110);
});
