import { z } from 'zod';
import { emailSchema } from './schema-books-email.js';
import { filesSchema } from './schema-books-files.js';
import { journalSchema } from './schema-books-journal.js';

export const booksSchema = z.discriminatedUnion('type', [journalSchema, filesSchema, emailSchema], {
  error: 'journal, files or email',
});
