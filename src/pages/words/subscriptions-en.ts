import { EVENT_TYPES, EVENTS, type EventType } from '../../outbound/events.js';
import type { SubscriptionWords } from './subscriptions.js';

export const SUBSCRIPTIONS_EN: SubscriptionWords = {
  lead: 'Outbound webhooks: addresses of other programs that are told of what happens here.',
  add: 'Add a subscription',
  empty: 'Nobody is told yet',
  emptyHow:
    'A subscription is an address of yours, to which orderpark posts what happens to orders and documents: signed, and again until it is taken.',
  states: {
    enabled: 'enabled',
    failing: 'failing',
    disabled: 'disabled',
    disabledByUs: 'disabled by orderpark',
  },
  url: 'URL',
  urlHelp:
    'Where to, beginning with https://. Addresses of your own network must be allowed in the config.',
  category: 'Category',
  categories: {
    all: 'Everything',
    orders: 'Orders',
    documents: 'Documents',
    operations: 'Operations',
  },
  categoryHelp: {
    all: 'every event of every category',
    orders: 'an order came into another state, or changed after booking',
    documents: 'invoices and credit notes, and their way to the books',
    operations: 'batches, statements, and what whoever operates this must know',
  },
  events: 'Events',
  eventsHelp:
    'Tick none for every event of the category, those of later versions too. Tick only events of the category that is chosen.',
  eventAbout: Object.fromEntries(EVENT_TYPES.map((type) => [type, EVENTS[type].about])) as Record<
    EventType,
    string
  >,
  everyEvent: 'every event',
  description: 'Description',
  descriptionHelp: 'For you: what it is for.',
  wants: 'Is told of',
  delivered: 'Last delivery',
  waiting: 'Waiting',
  failed: 'Failed',
  created: 'Made',
  failingSince: (count, since) =>
    count === 1
      ? `The last attempt failed, on ${since}. It is tried again by itself.`
      : `The last ${count} attempts failed, the first of them on ${since}. It is tried again by itself.`,
  previousSecret: (until) =>
    `Until ${until} the secret before the last rotation signs as well: give the new one to its receiver by then.`,
  disabledByUs: (at) => `orderpark disabled it on ${at}.`,
  wayOut:
    'The attempts below show what it answered. Put its receiver right, send a test, then enable it: what waits is delivered then, and what failed can be retried.',
  newTitle: 'New subscription',
  editTitle: 'Edit a subscription',
  save: 'Save',
  create: 'Make it',
  problems: (count) =>
    count === 1 ? 'One thing is to be put right.' : `${count} things are to be put right.`,
  tooMany: (most) =>
    `There are ${most} subscriptions, and that is the most. Remove one that is not needed any more.`,
  sentBefore:
    'This form was sent before, with something else in it. If you mean another subscription, send it again.',
  notWhole: 'This form did not come whole. Send it again.',
  underWay: 'This was sent just now and is still worked on. Look at the list of subscriptions.',
  secretTitle: 'Its secret',
  secretLead: 'It signs what is sent, so that the receiver knows that it comes from here.',
  secret: 'Secret',
  secretKeep:
    'Copy it now, and give it to the program at that address: it is shown on this page alone.',
  secretLost: 'A secret that was lost is replaced by a rotation.',
  toSubscription: 'To the subscription',
  toList: 'All subscriptions',
  actions: {
    test: 'Send a test',
    enable: 'Enable',
    disable: 'Disable',
    retry: 'Retry all that failed',
    retryOne: 'Deliver again',
    rotate: 'Rotate the secret',
    remove: 'Remove',
    edit: 'Edit',
  },
  effects: {
    rotate:
      'It gets a new secret, which is shown once, on the next page. For a day the old one signs as well, so that its receiver can change over.',
    remove:
      'It is removed with its attempts, and what waits for it is not delivered. This cannot be undone; to stop for a while, disable it.',
  },
  confirmTitle: (action, what) => `${action}: ${what}?`,
  attempts: 'Attempts',
  attempt: (id) => `Attempt ${id}`,
  number: 'Attempt',
  event: 'Event',
  answer: 'Answer',
  noAnswer: 'none',
  result: 'What came of it',
  taken: 'taken',
  failedTab: 'Failed',
  noAttempts: 'There are no attempts here',
  noAttemptsHow:
    'They appear with the first event or test, and are kept for thirty days; a filter may hide them.',
  request: 'What was sent',
  response: 'What was answered',
  headers: 'Headers',
  body: 'Body',
  unsigned: 'Without the signature.',
  begins: 'Some of its headers, and the first four kilobytes.',
  emptyBody: 'It was empty.',
  done: {
    changed: 'It was changed.',
    enabled: 'It is enabled: what waits is delivered now.',
    disabled: 'It is disabled. What happens from now on is not told to it later.',
    removed: 'It was removed.',
    gone: 'There is no such subscription any more.',
    tested: 'This is the test that was sent just now.',
    stopped: 'The test was cut off; it is sent again within a minute.',
    queued: 'What failed is due now, and delivered within seconds.',
    nothing: 'Nothing failed, so there is nothing to deliver again.',
    'not-enabled': 'It is disabled, so nothing is delivered to it. Enable it first.',
    'waits-already': 'That event waits for its first attempt already.',
    'no-event': 'It was told of no such event in the last thirty days.',
  },
};
