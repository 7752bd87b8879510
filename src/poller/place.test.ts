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
    fc.property(fc.integer({ min: 30, max: 100 }), (pageSize) => {
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

test('the overlap costs at most two pages in 1,000 orders, and a third more in 10,000', () => {
  const pagesFor = (orders: number) => {
    let place = first(100);
    let pages = 1;
    for (; place.page * place.perPage < orders; pages += 1) place = nextPlace(place, true, 100);
    return pages;
  };
  expect(pagesFor(1000)).toBeLessThanOrEqual(12);
  expect(pagesFor(10_000)).toBeLessThanOrEqual(133);
});
