import { z } from 'zod';
import { booksId, section, text } from './fields.js';
import { renderingKeys } from './schema-rendering.js';

export const filesSchema = section({
  id: booksId(),
  type: z.literal('files', { error: 'files' }).describe('Invoices in a folder.'),
  folder: text('a path').describe(
    'The folder, with a folder a year and month in it; made where missing.',
  ),
  ...renderingKeys,
});
