import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Document } from '../../../documents/document.js';
import type { RenderedFile } from '../../../rendering/renderer.js';
import { mailDomainOf } from '../../../runtime/smtp.js';
import { attachmentNames } from './attachment-names.js';
import { recipientsOf } from './recipients.js';
import type { EmailSettings } from './settings.js';
import { bodyText, type Subjects, subjectText } from './template.js';

/** A document and what it was rendered to. */
export interface Enclosed {
  readonly document: Document;
  /** What the document is called in every books. */
  readonly reference: string;
  readonly files: readonly RenderedFile[];
  readonly notes: readonly string[];
}

/** A mail as it goes over the wire. */
export interface Mail {
  /** Without angle brackets; the same whenever these documents are sent together. */
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly content: Buffer;
}

/**
 * One mail of at least one document, to the recipients of the first, who are those of all. But for its
 * date it is the same, byte by byte, whenever and in whatever order these are sent.
 */
export async function composeMail(
  settings: EmailSettings,
  given: readonly Enclosed[],
  about: { readonly seller: Subjects['seller']; readonly atMs: number },
): Promise<Mail> {
  const enclosed = given.toSorted(byDateAndReference);
  const documents = enclosed.map(({ document }) => document);
  const notes = [...new Set(enclosed.flatMap((each) => each.notes))];
  const subjects = { documents, notes, seller: about.seller, language: settings.language };
  const hash = hashOf(
    settings.id,
    enclosed.map(({ reference }) => reference),
  );
  const messageId = `${hash}@${mailDomainOf(settings.from)}`;
  const message = new MailComposer({
    from: settings.from,
    to: documents.slice(0, 1).flatMap((document) => recipientsOf(settings, document)),
    replyTo: settings.replyTo,
    subject: subjectText(settings.subject, subjects),
    text: bodyText(settings.body, subjects),
    date: new Date(about.atMs),
    messageId: `<${messageId}>`,
    // So that nothing that answers mail by itself answers this.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: attachmentsOf(enclosed),
    baseBoundary: hash,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const { from, to } = message.getEnvelope();
  return { messageId, from: from || '', to, content: await message.build() };
}

function byDateAndReference(one: Enclosed, other: Enclosed): number {
  const key = ({ document, reference }: Enclosed) => `${document.date} ${reference}`;
  return key(one) < key(other) ? -1 : 1;
}

/** Of the books and the documents: another set of documents is another mail. */
function hashOf(books: string, references: readonly string[]): string {
  const text = JSON.stringify([books, ...references.toSorted()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function attachmentsOf(enclosed: readonly Enclosed[]) {
  const names = attachmentNames(enclosed.map(({ document }) => document));
  return enclosed.flatMap(({ files }, index) =>
    files.map(({ extension, mediaType, content }) => ({
      filename: `${names[index]}.${extension}`,
      contentType: mediaType,
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    })),
  );
}
