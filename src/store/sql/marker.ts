import { sql } from 'kysely';
import { POSTING_STATES } from '../../orders/states.js';
import type { Sql } from './database.js';

/**
 * A text that is another one once an order, a posting or a run has moved. Each part is the end of an
 * index, so that it costs the same however much is stored.
 */
export async function marker({ db }: Sql, books: readonly string[]): Promise<string> {
  const ends = ['history', 'runs', 'audit', 'quarantine'].map(
    (table) => sql`(select max(id) from ${sql.table(table)})`,
  );
  const moves = books.flatMap((each) =>
    POSTING_STATES.map(
      (state) =>
        sql`(select max(updated_at) from postings where books = ${each} and state = ${state})`,
    ),
  );
  const parts = [...ends, ...moves].map((part, index) => sql`${part} as ${sql.ref(`p${index}`)}`);
  const { rows } = await sql<Record<string, unknown>>`select ${sql.join(parts)}`.execute(db);
  return JSON.stringify(Object.values(rows[0] ?? {}).map(String));
}
