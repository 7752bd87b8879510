import { expect, test } from 'vitest';
import { type Call, measured, outcomeOf } from './measured.js';

class Client {
  readonly #answer: unknown;
  readonly name = 'main';
  constructor(answer: unknown) {
    this.#answer = answer;
  }
  async read(id: number): Promise<unknown> {
    if (this.#answer instanceof Error) throw this.#answer;
    return [id, this.#answer];
  }
  async other(): Promise<unknown> {
    return this.#answer;
  }
}

function bench(answer: unknown) {
  const calls: Call[] = [];
  return { calls, client: measured(new Client(answer), ['read'], (call) => calls.push(call)) };
}

test('calls do what they do, and are told', async () => {
  const { calls, client } = bench('x');
  expect(await client.read(7)).toEqual([7, 'x']);
  expect(await client.other()).toBe('x');
  expect(client.name).toBe('main');
  expect(calls).toEqual([
    { method: 'read', seconds: expect.any(Number), end: { result: [7, 'x'] } },
  ]);
});

test('a failure is told and thrown on', async () => {
  const { calls, client } = bench(Object.assign(new Error('no'), { kind: 'wait' }));
  await expect(client.read(7)).rejects.toThrow('no');
  expect(calls.map(outcomeOf)).toEqual(['wait']);
});

test.each<[string, Call['end'], string]>([
  ['a plain result', { result: [] }, 'ok'],
  ['an outcome', { result: { kind: 'already-booked' } }, 'already-booked'],
  ['a plain error', { error: new Error('x') }, 'error'],
])('%s in one word', (_, end, word) => {
  expect(outcomeOf({ method: 'read', seconds: 1, end })).toBe(word);
});
