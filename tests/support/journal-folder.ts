import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of documents in a journal's folder, by path; none where there is no folder yet. */
export function documentFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const years = readdirSync(folder).filter((name) => /^\d{4}$/.test(name));
  return years.flatMap((year) =>
    readdirSync(join(folder, year))
      .filter((name) => !name.startsWith('_'))
      .map((name) => join(folder, year, name)),
  );
}

/** The keys of the documents that the journal's folder holds, as often as each stands there. */
export function documentKeys(folder: string): string[] {
  return documentFiles(folder).flatMap((path) => {
    const keys = [...readFileSync(path, 'utf8').matchAll(/; document: (\S+)/g)];
    if (keys.length === 0) throw new Error(`${path} names no document`);
    return keys.map(([, key = '']) => key);
  });
}
