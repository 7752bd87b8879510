/** What a person can do with orders. */
export const ORDER_ACTIONS = ['recheck', 'forward', 'ignore', 'undo'] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

/** What a person can do with a posting that waits. */
export const POSTING_ACTIONS = ['send-again', 'mark-booked'] as const;
export type PostingAction = (typeof POSTING_ACTIONS)[number];
export type Action = OrderAction | PostingAction;

/** What came of it: `?done=…`, mapped to words. */
export const DONE_CODES = [
  ...(['rechecked', 'forwarded', 'ignored', 'given-back', 'sent-again'] as const),
  ...([
    'marked-booked',
    'not-waiting',
    'nothing',
    'shop-failed',
    'booked-again',
    'outdated',
  ] as const),
] as const;
export type DoneCode = (typeof DONE_CODES)[number];

/** What waits for a person, as the page Attention has it: `?show=…`. */
export const ATTENTION_TABS = [
  ...(['blocked', 'rejected', 'uncertain', 'expired', 'changed', 'withdrawn'] as const),
] as const;
export type AttentionTab = (typeof ATTENTION_TABS)[number];
