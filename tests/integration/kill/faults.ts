import type { FaultRates } from '../../../src/demo/faults.js';

/** Every kind that the demo shop can do; together about a third of all requests. */
export const EVERY_FAULT: FaultRates = {
  'rate-limited': 0.03,
  'rate-limited-with-retry-after': 0.005,
  'fatal-json': 0.02,
  'fatal-html': 0.02,
  'bad-gateway': 0.03,
  maintenance: 0.005,
  'gateway-timeout': 0.02,
  'html-200': 0.02,
  'notice-before-json': 0.02,
  'truncated-json': 0.02,
  'empty-200': 0.02,
  slow: 0.05,
  'dropped-before-answer': 0.02,
  'dropped-after-commit': 0.02,
  'dropped-mid-body': 0.02,
  stale: 0.02,
};
