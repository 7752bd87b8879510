import type { App } from '../app.js';
import { checkShop } from './check-shop.js';
import { type CheckFinding, failure, ok } from './finding.js';

/** Everything that can be found out before trouble comes; each finding with its fix. */
export async function* checkAll(app: App, signal: AbortSignal): AsyncGenerator<CheckFinding> {
  yield ok('config', `${app.config.file} is in order`);
  yield* checkDatabase(app);
  for (const { id } of app.config.shops) yield* checkShop(app, id, signal);
  for (const destination of app.destinations) {
    const about = `books ${destination.id}`;
    for (const finding of await destination.check(signal)) yield { about, ...finding };
  }
}

async function* checkDatabase({ store }: App): AsyncGenerator<CheckFinding> {
  const problems = await store.integrityProblems();
  for (const problem of problems) {
    yield failure(
      'database',
      problem,
      'Stop orderpark, keep a copy of the database, and put back the last good one.',
    );
  }
  if (problems.length === 0) yield ok('database', `it is sound (${store.kind})`);
}
