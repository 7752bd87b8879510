import { describe, expect, it } from 'vitest';
import { keywordOf } from './archive.js';

describe('keywordOf', () => {
  it('is the key as it is, where that is plain', () => {
    expect(keywordOf('main/1042/credit-note/1050')).toBe('orderpark:main/1042/credit-note/1050');
  });

  it('holds nothing that a PDF or XML would have to write in another way', () => {
    expect(keywordOf('a (b)\\<&>é')).toBe('orderpark:a%20%28b%29%5C%3C%26%3E%C3%A9');
  });

  it('is another for each key', () => {
    expect(keywordOf('a%20b')).not.toBe(keywordOf('a b'));
  });
});
