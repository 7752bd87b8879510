import { execFileSync } from 'node:child_process';

/** Programs that read PDFs: qpdf, and those of poppler. */
const PROGRAMS = ['qpdf', 'pdftotext', 'pdftoppm', 'pdfinfo', 'pdffonts', 'pdfdetach'] as const;
type Program = (typeof PROGRAMS)[number];

/** They are used where all are installed, and required in CI. */
export function mustSkipPdfPrograms(): boolean {
  return !process.env['CI'] && !PROGRAMS.every(isInstalled);
}

/** Answers what the program writes; throws where it has something to say against the file. */
export function readPdf(program: Program, args: readonly string[], input?: Uint8Array): Buffer {
  return execFileSync(program, args, {
    ...(input === undefined ? {} : { input }),
    maxBuffer: 1e8,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Its text as it is laid out, or (`-raw`) in the order in which it is drawn; with plain spaces. */
export function textOfPdf(pdf: Uint8Array, order: '-layout' | '-raw' = '-layout'): string {
  const text = readPdf('pdftotext', [order, '-', '-'], pdf).toString('utf8');
  return text.replace(/[\u00a0\u2007\u2008\u202f]/g, ' ');
}

function isInstalled(program: Program): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
