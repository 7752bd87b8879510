import { describe, expect, it } from 'vitest';
import { ownerMark } from './owner-mark.js';

describe('ownerMark', () => {
  it('is the key as it is, where that is plain', () => {
    expect(ownerMark('main/1042/credit-note/1050')).toBe('orderpark:main/1042/credit-note/1050;');
  });

  it('holds nothing that PDF or XML would have to write in another way, nor ends a comment', () => {
    const mark = ownerMark('a (b)\\<&>é --- c');
    expect(mark).toMatch(/^[\w:%/.;-]+$/);
    expect(mark).not.toContain('--');
  });

  it('is another for each key, and not the beginning of another', () => {
    expect(ownerMark('a%20b')).not.toBe(ownerMark('a b'));
    expect(ownerMark('main/1/credit-note/105')).not.toContain(ownerMark('main/1/credit-note/10'));
  });
});
