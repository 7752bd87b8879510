import { expect, it } from 'vitest';
import { giveMemoryBack } from './give-memory-back.js';

it('lets go of what nobody holds any more', () => {
  const held = new WeakRef(Array.from({ length: 1000 }, (_, index) => ({ index })));
  // A new object is held until the end of the job that made it.
  return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    giveMemoryBack();
    expect(held.deref()).toBeUndefined();
  });
});
