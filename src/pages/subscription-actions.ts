/** What a person can do with a subscription, besides changing what it wants. */
export const SUBSCRIPTION_ACTIONS = [
  ...(['test', 'enable', 'disable', 'retry', 'rotate', 'remove'] as const),
] as const;
export type SubscriptionAction = (typeof SUBSCRIPTION_ACTIONS)[number];

/** What is asked first: it cannot be taken back. */
export const CONFIRMED_ACTIONS = ['rotate', 'remove'] as const;
export type ConfirmedAction = (typeof CONFIRMED_ACTIONS)[number];

/** What came of it: `?done=…`, mapped to words. */
export type SubscriptionDone =
  | ('changed' | 'enabled' | 'disabled' | 'removed' | 'gone')
  | ('tested' | 'stopped')
  | ('queued' | 'nothing' | 'not-enabled' | 'waits-already' | 'no-event');

/** Codes of what did not work. */
export const NOT_DONE: readonly SubscriptionDone[] = [
  ...(['stopped', 'nothing', 'not-enabled', 'waits-already', 'no-event', 'gone'] as const),
];
