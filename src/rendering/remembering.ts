import type { Rendered, Renderer } from './renderer.js';

/**
 * Several books that want the same files have them made once: what was made of the newest documents
 * is kept. A document is frozen, so its key says what it is.
 */
export function remembering(render: Renderer, most: number): Renderer {
  const kept = new Map<string, Promise<Rendered>>();
  return async (document) => {
    const made = kept.get(document.key) ?? render(document);
    kept.set(document.key, made);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    try {
      const rendered = await made;
      // What could not be made may be possible the next time.
      if (rendered.kind !== 'rendered') kept.delete(document.key);
      return rendered;
    } catch (error) {
      kept.delete(document.key);
      throw error;
    }
  };
}
