import { expect, it } from 'vitest';
import { driverNameFor } from './native.js';

it('only Node 20 takes the older driver', () => {
  expect(driverNameFor('20.19.0')).toBe('better-sqlite3-node20');
  expect(driverNameFor('22.1.0')).toBe('better-sqlite3');
  expect(driverNameFor('120.0.0')).toBe('better-sqlite3');
});
