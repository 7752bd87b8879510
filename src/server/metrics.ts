import type { Express } from 'express';
import type { Metrics } from '../runtime/metrics.js';
import { operatorOnly } from './guard.js';

export interface MetricsRouteOptions {
  readonly metrics: Metrics;
  /** Opens `/metrics` to other machines that send it as a bearer token. */
  readonly token?: string;
}

/** `/metrics`, for Prometheus. */
export function mountMetrics(app: Express, { metrics, token }: MetricsRouteOptions): void {
  app.get('/metrics', operatorOnly(token), async (_request, response) => {
    const text = await metrics.text();
    response.set({ 'Cache-Control': 'no-store', 'Content-Type': metrics.contentType }).send(text);
  });
}
