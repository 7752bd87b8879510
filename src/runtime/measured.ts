/** One call that came to an end. */
export interface Call {
  readonly method: string;
  readonly seconds: number;
  readonly end: { readonly result: unknown } | { readonly error: unknown };
}

/** The same object, whose calls of these methods, which answer promises, are told as they end. */
export function measured<Target extends object>(
  target: Target,
  methods: readonly (keyof Target & string)[],
  tell: (call: Call) => void,
): Target {
  const names: ReadonlySet<string | symbol> = new Set(methods);
  return new Proxy(target, {
    get(on, name) {
      const value: unknown = Reflect.get(on, name);
      if (typeof value !== 'function') return value;
      if (!names.has(name)) return (...given: unknown[]) => Reflect.apply(value, on, given);
      return async (...given: unknown[]) => {
        const startedMs = performance.now();
        const done = (end: Call['end']) =>
          tell({ method: String(name), seconds: (performance.now() - startedMs) / 1000, end });
        try {
          const result: unknown = await Reflect.apply(value, on, given);
          done({ result });
          return result;
        } catch (error) {
          done({ error });
          throw error;
        }
      };
    },
  });
}

/** How a call ended, in one word: `ok`, or the `kind` of its outcome or error. */
export function outcomeOf({ end }: Call): string {
  const told = 'error' in end ? end.error : end.result;
  if (typeof told === 'object' && told !== null && 'kind' in told) return String(told.kind);
  return 'error' in end ? 'error' : 'ok';
}
