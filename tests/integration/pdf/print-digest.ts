/** Prints the digest of one document's PDF, as a process that has rendered nothing before. */
import { createHash } from 'node:crypto';
import { createPdfWriter } from '../../../src/rendering/pdf/writer.js';
import { EXAMPLES } from '../../support/documents.js';
import { PDF_SETTINGS } from '../../support/rendering.js';

const attachment = { name: 'factuur.xml', content: Buffer.from('<Invoice/>') };
const pdf = await createPdfWriter(PDF_SETTINGS)(EXAMPLES.reverseCharge, attachment);
process.stdout.write(createHash('sha256').update(pdf).digest('hex'));
