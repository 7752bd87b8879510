/** Many callers, few commits. */
export interface GroupCommit<Item> {
  /** Resolves once a commit that carries the item is durable; rejects where it could not be stored. */
  add(item: Item): Promise<void>;
  /** Items that are waiting or being committed. */
  readonly size: number;
  /** Resolves when there are none. */
  idle(): Promise<void>;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 500;

/**
 * Items that arrive while a commit is under way share the next one: the more arrive, the less each
 * costs. `commit` is one transaction; where it fails, nothing of it was stored, and all are told.
 */
export function createGroupCommit<Item>(
  commit: (items: readonly Item[]) => Promise<void>,
): GroupCommit<Item> {
  const waiting: Waiting<Item>[] = [];
  const idlers: (() => void)[] = [];
  let underWay = 0;
  let isRunning = false;

  async function run(): Promise<void> {
    // What arrives in the same turn of the loop comes along.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = waiting.splice(0, MOST_AT_ONCE);
      underWay = group.length;
      try {
        await commit(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      underWay = 0;
    }
    isRunning = false;
    for (const resolve of idlers.splice(0)) resolve();
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isRunning) return;
        isRunning = true;
        void run();
      }),
    get size() {
      return waiting.length + underWay;
    },
    idle: () => (isRunning ? new Promise((resolve) => idlers.push(resolve)) : Promise.resolve()),
  };
}
