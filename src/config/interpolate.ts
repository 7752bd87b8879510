/** What became of the `${...}` in one text. */
export interface Interpolated {
  readonly text: string;
  /** Variables that were read. */
  readonly used: readonly string[];
  /** Variables that are not set and have no default. */
  readonly unset: readonly string[];
  /** `${` that begins no reference. */
  readonly malformed: boolean;
}

const REFERENCE = /\$(\$\{)|\$\{([A-Za-z_]\w*)(?::-([^{}]*))?\}|(\$\{)/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}` (the default also where NAME is empty); `$${` stands for
 * a literal `${`. What a variable holds is not interpolated again.
 */
export function interpolate(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Interpolated {
  const used: string[] = [];
  const unset: string[] = [];
  let malformed = false;
  const result = text.replace(
    REFERENCE,
    (whole, escaped?: string, name?: string, fallback?: string) => {
      if (escaped !== undefined) return escaped;
      if (name === undefined) {
        malformed = true;
        return whole;
      }
      used.push(name);
      const value = env[name];
      if (fallback !== undefined) return value === undefined || value === '' ? fallback : value;
      if (value === undefined) unset.push(name);
      return value ?? '';
    },
  );
  return { text: result, used, unset, malformed };
}

/**
 * In YAML the braces of an unquoted `${NAME}` would begin a map inside `{ … }`. So before parsing,
 * the punctuation of each reference is moved to private characters of the same length, which keeps
 * every position, and moved back in each value.
 */
export function protectReferences(yaml: string): string {
  return yaml.replace(/\$\{[^{}"'\n]*\}/g, (reference) =>
    reference.replace(/[{}:#,[\]]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + PRIVATE)),
  );
}

export function restoreReferences(text: string): string {
  return text.replace(/[\ue000-\ue07f]/g, (mark) =>
    String.fromCharCode(mark.charCodeAt(0) - PRIVATE),
  );
}

const PRIVATE = 0xe000;
