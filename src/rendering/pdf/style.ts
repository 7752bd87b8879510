/** How a page looks. All lengths are in points (1/72 inch), from its upper left corner. */

export const PAGE = { width: 595.28, height: 841.89 } as const; // A4

export const MARGIN = { left: 56, right: 56, top: 48, bottom: 56 } as const;

export const CONTENT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;

export const RIGHT_EDGE = PAGE.width - MARGIN.right;

export const COLOUR = {
  text: '#1f2328',
  /** For what explains rather than tells. */
  quiet: '#5b646e',
  accent: '#14566b',
  hairline: '#d4d9de',
} as const;

export const SIZE = { title: 20, name: 11, body: 9, small: 8, label: 7.5 } as const;

/** Of a line of text, as a share of its size. */
export const LINE_HEIGHT = 1.4;
/** From the top of a line of text to its base line, as a share of its size. */
export const BASE_LINE = 1.05;
