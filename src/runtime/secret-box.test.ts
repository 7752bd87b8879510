import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecretBox } from './secret-box.js';
import { createSecretKey } from './secret-key.js';

const CONFIGURED = 'at least thirty-two characters long';
const UNOPENED = { name: 'SecretKeyError', message: expect.stringContaining('cannot be opened') };

let folder: string;
let file: string;
let besideFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderpark-key-'));
  file = join(folder, 'data/orderpark.key');
  besideFile = join(folder, 'data/my.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const boxOf = (options: Parameters<typeof createSecretKey>[0], purpose = 'subscriptions') =>
  createSecretBox(createSecretKey(options), purpose);

describe('a sealed text', () => {
  const box = boxOf({ configured: CONFIGURED });

  test('opens to what was sealed, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (text, about) => {
        expect(await box.open(await box.seal(text, about), about)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  test('shows nothing of it, and never looks the same twice', async () => {
    const [one, other] = [await box.seal('whsec_hello', 'a'), await box.seal('whsec_hello', 'a')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('hello');
  });

  test('opens with its own key, for its own purpose, and for what it is about alone', async () => {
    const sealed = await box.seal('secret', 'sub_1');
    await expect(box.open(sealed, 'sub_2')).rejects.toMatchObject(UNOPENED);
    const sessions = boxOf({ configured: CONFIGURED }, 'sessions');
    await expect(sessions.open(sealed, 'sub_1')).rejects.toMatchObject(UNOPENED);
    const other = boxOf({ configured: `${CONFIGURED}!` });
    await expect(other.open(sealed, 'sub_1')).rejects.toMatchObject(UNOPENED);
  });

  test('that was changed anywhere does not open', async () => {
    const sealed = await box.seal('secret', 'a');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const text = `v1.${changed.toString('base64url')}`;
      await expect(box.open(text, 'a')).rejects.toMatchObject(UNOPENED);
    }
    for (const text of ['', 'v1.', 'v2.AAAA', sealed.slice(3), sealed.slice(0, 20)]) {
      await expect(box.open(text, 'a')).rejects.toMatchObject(UNOPENED);
    }
  });
});

describe('the key file', () => {
  test('is made at the first need, for its owner alone, and used from then on', async () => {
    const sealed = await boxOf({ besideFile }).seal('secret', 'a');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['orderpark.key']);
    expect(await boxOf({ besideFile }).open(sealed, 'a')).toBe('secret');
  });

  test('is not made to open something, which it could not', async () => {
    const sealed = await boxOf({ configured: CONFIGURED }).seal('secret', 'a');
    await expect(boxOf({ besideFile }).open(sealed, 'a')).rejects.toMatchObject({
      name: 'SecretKeyError',
      message: expect.stringContaining('is not there'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('made by several at once is one', async () => {
    const boxes = Array.from({ length: 8 }, () => boxOf({ besideFile }));
    const sealed = await Promise.all(boxes.map((box) => box.seal('secret', 'a')));
    for (const text of sealed) expect(await boxOf({ besideFile }).open(text, 'a')).toBe('secret');
  });

  test('can move into the config as it is', async () => {
    const sealed = await boxOf({ besideFile }).seal('secret', 'a');
    const configured = readFileSync(file, 'utf8').trim();
    expect(configured.length).toBeGreaterThanOrEqual(32);
    expect(await boxOf({ configured }).open(sealed, 'a')).toBe('secret');
  });

  test('is not used where the config has a key', async () => {
    await boxOf({ besideFile, configured: CONFIGURED }).seal('secret', 'a');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that is damaged is told, and neither used nor replaced', async () => {
    await boxOf({ besideFile }).seal('secret', 'a');
    writeFileSync(file, 'short\n');
    await expect(boxOf({ besideFile }).seal('secret', 'a')).rejects.toMatchObject({
      message: expect.stringContaining('damaged'),
    });
    expect(readFileSync(file, 'utf8')).toBe('short\n');
  });
});

test('where the config must have a key and has none, the error says what to write', async () => {
  await expect(boxOf({}).seal('secret', 'a')).rejects.toMatchObject({
    name: 'SecretKeyError',
    fix: expect.stringContaining('ORDERPARK_SECRET_KEY'),
  });
});
