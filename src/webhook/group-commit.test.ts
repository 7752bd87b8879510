import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './group-commit.js';

/** A commit that is under way until it is told how it ends. */
function heldCommits() {
  const groups: (readonly number[])[] = [];
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const commit = (items: readonly number[]) => {
    groups.push(items);
    return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  };
  return { groups, ends, commit };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('takes what arrives at the same moment in one commit', async () => {
    const { groups, ends, commit } = heldCommits();
    const group = createGroupCommit(commit);
    const all = Promise.all([group.add(1), group.add(2), group.add(3)]);
    await turn();
    expect(groups).toEqual([[1, 2, 3]]);
    ends[0]?.resolve();
    await all;
  });

  it('lets what arrives meanwhile share the next one, and starts none beside it', async () => {
    const { groups, ends, commit } = heldCommits();
    const group = createGroupCommit(commit);
    const first = group.add(1);
    await turn();
    const later = Promise.all([group.add(2), group.add(3)]);
    await turn();
    expect(groups).toEqual([[1]]);
    expect(group.size).toBe(3);
    ends[0]?.resolve();
    await first;
    await turn();
    expect(groups).toEqual([[1], [2, 3]]);
    ends[1]?.resolve();
    await later;
    expect(group.size).toBe(0);
  });

  it('resolves nothing before its commit is done', async () => {
    const { ends, commit } = heldCommits();
    const group = createGroupCommit(commit);
    let isDone = false;
    const added = group.add(1).then(() => {
      isDone = true;
    });
    await turn();
    await turn();
    expect(isDone).toBe(false);
    ends[0]?.resolve();
    await added;
  });

  it('rejects all of a commit that failed, and goes on with the next', async () => {
    const { ends, commit } = heldCommits();
    const group = createGroupCommit(commit);
    const failing = Promise.allSettled([group.add(1), group.add(2)]);
    await turn();
    const later = group.add(3);
    ends[0]?.reject(new Error('no room'));
    expect(await failing).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    await turn();
    ends[1]?.resolve();
    await later;
  });

  it('survives a commit that throws at once', async () => {
    let isBroken = true;
    const group = createGroupCommit<number>(() => {
      if (isBroken) throw new Error('broken');
      return Promise.resolve();
    });
    await expect(group.add(1)).rejects.toThrow('broken');
    isBroken = false;
    await group.add(2);
  });

  it('takes no more than 500 at once', async () => {
    const sizes: number[] = [];
    const group = createGroupCommit<number>(async (items) => {
      sizes.push(items.length);
    });
    await Promise.all(Array.from({ length: 1201 }, (_, index) => group.add(index)));
    expect(sizes).toEqual([500, 500, 201]);
  });

  it('is idle when nothing waits, and says when it is', async () => {
    const { ends, commit } = heldCommits();
    const group = createGroupCommit(commit);
    await group.idle();
    const added = group.add(1);
    let isIdle = false;
    const idle = group.idle().then(() => {
      isIdle = true;
    });
    await turn();
    expect(isIdle).toBe(false);
    ends[0]?.resolve();
    await Promise.all([added, idle]);
  });

  it('each item is in exactly one commit, settled after it as it ended; none is stuck', async () => {
    const step = fc.record({
      arriving: fc.nat({ max: 12 }),
      turns: fc.nat({ max: 3 }),
    });
    const commits = fc.array(fc.record({ fails: fc.boolean(), turns: fc.nat({ max: 4 }) }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), commits, async (steps, plan) => {
        const committed = new Map<number, 'under way' | 'stored' | 'failed'>();
        let isUnderWay = false;
        let number = 0;
        const group = createGroupCommit<number>(async (items) => {
          expect(isUnderWay).toBe(false);
          expect(items.length).toBeGreaterThan(0);
          isUnderWay = true;
          const { fails, turns } = plan[number % plan.length] ?? { fails: false, turns: 0 };
          number += 1;
          for (const item of items) {
            expect(committed.has(item)).toBe(false);
            committed.set(item, 'under way');
          }
          for (let left = turns; left > 0; left -= 1) await turn();
          isUnderWay = false;
          for (const item of items) committed.set(item, fails ? 'failed' : 'stored');
          if (fails) throw new Error('no');
        });
        const settled: Promise<void>[] = [];
        let next = 0;
        for (const { arriving, turns } of steps) {
          for (let left = arriving; left > 0; left -= 1) {
            const item = next;
            next += 1;
            settled.push(
              group.add(item).then(
                () => expect(committed.get(item)).toBe('stored'),
                () => expect(committed.get(item)).toBe('failed'),
              ),
            );
          }
          for (let left = turns; left > 0; left -= 1) await turn();
        }
        await Promise.all(settled);
        await group.idle();
        expect(committed.size).toBe(next);
        expect(group.size).toBe(0);
      }),
    );
  });
});
