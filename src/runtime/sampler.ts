export interface SamplerOptions {
  /** Milliseconds that pass evenly. */
  readonly elapsedMs: () => number;
  /** A value is used at least for this long. */
  readonly leastMs: number;
  /** The most of all time that may be spent reading. */
  readonly share: number;
}

/**
 * Reads a value no more often than is cheap: what took long to read is used for long. Reads at the
 * same time share one. What fails is tried again as soon as what succeeds.
 */
export function createSampler<Value>(
  read: () => Promise<Value>,
  { elapsedMs, leastMs, share }: SamplerOptions,
): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  let goodUntilMs = Number.POSITIVE_INFINITY;

  const start = (): Promise<Value> => {
    const startedMs = elapsedMs();
    goodUntilMs = Number.POSITIVE_INFINITY;
    return read().finally(() => {
      const endedMs = elapsedMs();
      goodUntilMs = endedMs + Math.max(leastMs, (endedMs - startedMs) / share);
    });
  };
  return () => {
    if (!value || elapsedMs() >= goodUntilMs) value = start();
    return value;
  };
}
