import type { Document } from '../documents/document.js';
import { PdfTrouble } from './pdf/pdf-trouble.js';
import type { PdfWriter } from './pdf/writer.js';
import type { Rendered, RenderedFile, Renderer } from './renderer.js';
import type { DocumentFormat, RenderSettings } from './settings.js';
import type { UblResult } from './ubl/render-ubl.js';

/**
 * Makes the files that the settings ask for; a PDF carries the UBL where both are asked for. What
 * draws and writes is loaded at the first document, since most commands make none.
 */
export function createRenderer(settings: RenderSettings): Renderer {
  let pdfWriter: Promise<PdfWriter> | undefined;
  const isWanted = (format: DocumentFormat) => settings.formats.includes(format);

  return async (document) => {
    const ubl = isWanted('ubl') ? await ublOf(document, settings) : undefined;
    if (ubl?.kind === 'refused') return ubl;
    const xml = ubl && xmlFile(ubl);
    try {
      const pdf = isWanted('pdf') ? await pdfFile(document, xml) : undefined;
      const files = settings.formats.flatMap((format) => (format === 'pdf' ? pdf : xml) ?? []);
      return { kind: 'rendered', files, notes: ubl?.note === undefined ? [] : [ubl.note] };
    } catch (error) {
      return failure(error);
    }
  };

  async function pdfFile(document: Document, xml: RenderedFile | undefined): Promise<RenderedFile> {
    const attachment = xml && { name: `${document.number}.xml`, content: xml.content };
    pdfWriter ??= import('./pdf/writer.js').then((pdf) => pdf.createPdfWriter(settings));
    const write = await pdfWriter;
    const content = await write(document, attachment);
    return { extension: 'pdf', mediaType: 'application/pdf', content };
  }
}

async function ublOf(document: Document, settings: RenderSettings): Promise<UblResult> {
  const { renderUbl } = await import('./ubl/render-ubl.js');
  return renderUbl(document, settings);
}

function xmlFile({ xml, profile }: UblResult & { readonly kind: 'written' }): RenderedFile {
  const content = Buffer.from(xml, 'utf8');
  return { extension: 'xml', mediaType: 'application/xml', content, profile };
}

/** A document that cannot be drawn must not hold up the others: it is refused by itself. */
function failure(error: unknown): Rendered {
  if (error instanceof PdfTrouble) {
    return { kind: 'trouble', reason: error.message, fix: error.fix };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return {
    kind: 'refused',
    reason: `Its PDF could not be made: ${detail}`,
    fix: 'Report this as a fault of orderpark; nothing was sent.',
  };
}
