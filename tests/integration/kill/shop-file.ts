import { readFileSync } from 'node:fs';
import { numberOf, objectOf, objectsOf, parseJson, textOf } from '../../../src/demo/json.js';

/** Status by id of every order in the shop's own table, the trashed included. */
export function ordersInShop(file: string): ReadonlyMap<number, string> {
  const saved = objectOf(parseJson(readFileSync(file, 'utf8')));
  return new Map(
    objectsOf(saved['orders']).map(({ order }) => {
      const { id, status } = objectOf(order);
      return [numberOf(id), textOf(status)];
    }),
  );
}
