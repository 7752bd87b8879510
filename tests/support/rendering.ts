import type { Rendered, Renderer } from '../../src/rendering/renderer.js';

/** Every byte, and what a mail gives a meaning: a lone dot, bare line ends, a long line. */
const HARD_BYTES = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from(`\r\n.\r\n..\r.\n.\r\nFrom here\n${'x'.repeat(2000)}`),
]);

/** Two files that hold the document, and what is hard to carry; no PDF and no UBL. */
export const renderPlainly: Renderer = async (document) => {
  const json = Buffer.from(JSON.stringify(document));
  return rendered(Buffer.concat([HARD_BYTES, json]), json);
};

/** The same with a first file of so many bytes. */
export function renderAtSize(bytes: number): Renderer {
  return async (document) =>
    rendered(Buffer.alloc(bytes, '%PDF\n.\r\n'), Buffer.from(JSON.stringify(document)));
}

function rendered(pdf: Uint8Array, xml: Uint8Array): Rendered {
  return {
    kind: 'rendered',
    files: [
      { extension: 'pdf', mediaType: 'application/pdf', content: pdf },
      { extension: 'xml', mediaType: 'application/xml', content: xml },
    ],
    notes: [],
  };
}
