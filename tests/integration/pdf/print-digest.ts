/** Prints the digest of a document's PDF, as a process that has rendered nothing before. */
import { createHash } from 'node:crypto';
import { createPdfWriter } from '../../../src/rendering/pdf/writer.js';
import { DIGESTED, PDF_SETTINGS } from '../../support/pdf-settings.js';

const pdf = await createPdfWriter(PDF_SETTINGS)(DIGESTED.document, DIGESTED.attachment);
process.stdout.write(createHash('sha256').update(pdf).digest('hex'));
