import SaxonJS from 'saxon-js';
import type { Finding } from './finding.js';
import { compileStylesheet } from './schematron/compile.js';
import { readSchema, type SchematronFile } from './schematron/read.js';
import { toXslt } from './schematron/to-xslt.js';

/** Judges a document by one schema. @throws where a rule cannot be evaluated on the document */
export type Schematron = (xml: string) => readonly Finding[];

/**
 * Makes a judge of a schema of ISO Schematron whose expressions are those of XSLT 2. All its patterns
 * are active. The first time that takes long: see `compileStylesheet`.
 */
export async function loadSchematron(file: SchematronFile): Promise<Schematron> {
  const stylesheetInternal = await compileStylesheet(toXslt(readSchema(file)));
  return (sourceText) => {
    const options = { stylesheetInternal, sourceText, destination: 'serialized' } as const;
    return JSON.parse(SaxonJS.transform(options, 'sync').principalResult);
  };
}
