import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFonts } from './fonts.js';
import { loadLogo } from './logo.js';
import { PdfTrouble } from './pdf-trouble.js';
import { createShaper } from './shaper.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pdf-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function troubleOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PdfTrouble)) throw new Error(`no PdfTrouble but ${String(error)}`);
  return `${error.message} ${error.fix}`;
}

function png(width: number, height: number, rgba: readonly [number, number, number, number]) {
  const image = new PNG({ width, height });
  for (let at = 0; at < image.data.length; at += 4) image.data.set(rgba, at);
  return PNG.sync.write(image);
}

/** The start of a JPEG with so many colour components, as far as it is looked at. */
function jpegHead(components: number): Buffer {
  const app = [0xff, 0xe0, 0, 4, 0, 0];
  const frame = [0xff, 0xc0, 0, 17, 8, 0, 10, 0, 20, components, 0, 0, 0];
  return Buffer.from([0xff, 0xd8, ...app, ...frame]);
}

describe('the owner’s fonts', () => {
  it('come after ours, in both weights', async () => {
    const path = createRequire(import.meta.url).resolve(
      '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
    );
    const { regular, strong } = await loadFonts([path]);
    expect([regular.length, strong.length]).toEqual([4, 4]);
    expect(createShaper({ regular: regular.slice(3), strong }).missingIn('אЖ')).toEqual(['Ж']);
  });

  it('a file that is missing, or no font, names its path and the key of the config', async () => {
    const missing = join(folder, 'missing.ttf');
    expect(await troubleOf(loadFonts([missing]))).toMatch(/missing\.ttf.*ENOENT.*fonts:/);
    const text = await file('text.ttf', 'not a font');
    expect(await troubleOf(loadFonts([text]))).toMatch(/text\.ttf is not a font.*fonts:/);
  });
});

describe('the owner’s logo', () => {
  it('a PNG is put on white, so that no document has to', async () => {
    const path = await file('logo.png', png(4, 2, [0, 0, 0, 51]));
    const { width, height, data } = PNG.sync.read(await loadLogo(path));
    expect([width, height, ...data.subarray(0, 4)]).toEqual([4, 2, 204, 204, 204, 255]);
  });

  it('a PNG that is larger than a printer can show is made smaller, in its proportions', async () => {
    const path = await file('large.png', png(2500, 500, [10, 20, 30, 255]));
    const { width, height, data } = PNG.sync.read(await loadLogo(path));
    expect([width, height, ...data.subarray(0, 3)]).toEqual([833, 166, 10, 20, 30]);
  });

  it('a JPEG in RGB or grey is taken as it is', async () => {
    for (const components of [1, 3]) {
      const path = await file(`${components}.jpg`, jpegHead(components));
      expect(await loadLogo(path)).toEqual(jpegHead(components));
    }
  });

  it('what cannot be used names its path, what is wrong, and the key of the config', async () => {
    const said = async (name: string, content: Uint8Array | string) =>
      troubleOf(loadLogo(await file(name, content)));
    expect(await troubleOf(loadLogo(join(folder, 'none.png')))).toMatch(/none.*ENOENT.*logo:/);
    expect(await said('a.gif', 'GIF89a')).toMatch(/a\.gif is neither a PNG nor a JPEG.*logo:/);
    expect(await said('empty.png', '')).toMatch(/neither/);
    expect(await said('cmyk.jpg', jpegHead(4))).toMatch(/CMYK.*logo:/);
    const broken = png(40, 40, [1, 2, 3, 255]).subarray(0, 60);
    expect(await said('broken.png', broken)).toMatch(/damaged PNG.*logo:/);
    expect(await said('huge.png', Buffer.alloc(2_000_001))).toMatch(/larger than 2 MB.*logo:/);
  });
});
