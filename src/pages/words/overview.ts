import type { AttentionTab } from '../actions.js';

/** Words of the overview. */
export interface OverviewWords {
  readonly lead: string;
  readonly needsYou: string;
  readonly calm: string;
  readonly calmMore: string;
  readonly waits: Readonly<Record<AttentionTab, string>>;
  readonly quarantine: string;
  readonly alert: string;
  readonly totals: string;
  readonly count: string;
  readonly noOrders: string;
  readonly noOrdersMore: string;
  readonly perDay: string;
  readonly chart: (most: number, sum: number) => string;
  readonly bar: (date: string, documents: number, amounts: string) => string;
  readonly lagPerDay: string;
  readonly lagHelp: string;
  readonly lagChart: (longest: string) => string;
  readonly lagBar: (date: string, mean: string, longest: string) => string;
  readonly asTable: string;
  readonly documents: string;
  readonly meanLag: string;
  readonly longestLag: string;
  readonly shops: string;
  readonly lastPoll: string;
  readonly lastBatch: string;
  readonly lastWebhook: string;
  readonly nextPoll: string;
  readonly nextBatch: string;
  readonly batchDue: string;
  readonly waiting: (count: number) => string;
  readonly lag: (seconds: string) => string;
  readonly polledOnly: string;
  readonly runs: Readonly<Record<'running' | 'done' | 'failed' | 'stopped', string>>;
  readonly books: string;
  readonly takes: string;
  readonly paused: (until: string) => string;
}

export const OVERVIEW_EN: OverviewWords = {
  lead: 'The last 30 days, and what waits for you.',
  needsYou: 'Needs you now',
  calm: 'Nothing needs you.',
  calmMore: 'What does appears here first.',
  waits: {
    blocked: 'orders that cannot be booked',
    rejected: 'documents that the books refused',
    uncertain: 'documents that may not have arrived',
    expired: 'orders that waited too long',
    changed: 'orders changed after booking',
    withdrawn: 'orders withdrawn after booking',
  },
  quarantine: 'deliveries that could not be read',
  alert: 'Alert',
  totals: 'Orders by state',
  count: 'Orders',
  noOrders: 'No order of the last 30 days.',
  noOrdersMore: 'They appear once a shop was polled.',
  perDay: 'Booked per day',
  chart: (most, sum) => `${sum} documents booked in 30 days; at most ${most} on one day`,
  bar: (date, documents, amounts) =>
    [`${date}: ${documents} booked`, amounts].filter(Boolean).join(', '),
  lagPerDay: 'From seen to booked',
  lagHelp:
    'How long it took each day from an order being seen as one to book until it was booked: the longest, and the average before it.',
  lagChart: (longest) => `Longest in 30 days: ${longest}`,
  lagBar: (date, mean, longest) => `${date}: average ${mean}, longest ${longest}`,
  asTable: 'These figures as a table',
  documents: 'Documents',
  meanLag: 'Average wait',
  longestLag: 'Longest wait',
  shops: 'Shops',
  lastPoll: 'Last poll',
  lastBatch: 'Last batch',
  lastWebhook: 'Last webhook',
  nextPoll: 'Next poll',
  nextBatch: 'Next batch',
  batchDue: 'due now',
  waiting: (n) => `${n} not read yet`,
  lag: (s) => `half within ${s} s`,
  polledOnly: 'polled only',
  runs: { running: 'running', done: 'done', failed: 'failed', stopped: 'stopped' },
  books: 'Books',
  takes: 'takes documents',
  paused: (until) => `paused until ${until}`,
};

export const OVERVIEW_NL: OverviewWords = {
  lead: 'De laatste 30 dagen, en wat op je wacht.',
  needsYou: 'Vraagt nu je aandacht',
  calm: 'Niets vraagt je aandacht.',
  calmMore: 'Wat dat wel doet, verschijnt hier als eerste.',
  waits: {
    blocked: 'bestellingen die niet te boeken zijn',
    rejected: 'documenten die de boeken weigerden',
    uncertain: 'documenten die misschien niet aankwamen',
    expired: 'bestellingen die te lang wachtten',
    changed: 'bestellingen gewijzigd na boeking',
    withdrawn: 'bestellingen ingetrokken na boeking',
  },
  quarantine: 'afleveringen die niet te lezen waren',
  alert: 'Melding',
  totals: 'Bestellingen per toestand',
  count: 'Bestellingen',
  noOrders: 'Geen bestelling in de laatste 30 dagen.',
  noOrdersMore: 'Ze verschijnen zodra een winkel is gelezen.',
  perDay: 'Geboekt per dag',
  chart: (most, sum) => `${sum} documenten geboekt in 30 dagen; hoogstens ${most} op een dag`,
  bar: (date, documents, amounts) =>
    [`${date}: ${documents} geboekt`, amounts].filter(Boolean).join(', '),
  lagPerDay: 'Van gezien tot geboekt',
  lagHelp:
    'Hoe lang het elke dag duurde van het moment dat een bestelling te boeken was tot ze geboekt was: de langste tijd, en het gemiddelde ervoor.',
  lagChart: (longest) => `Langste in 30 dagen: ${longest}`,
  lagBar: (date, mean, longest) => `${date}: gemiddeld ${mean}, langste ${longest}`,
  asTable: 'Deze cijfers als tabel',
  documents: 'Documenten',
  meanLag: 'Gemiddelde wachttijd',
  longestLag: 'Langste wachttijd',
  shops: 'Winkels',
  lastPoll: 'Laatste poll',
  lastBatch: 'Laatste batch',
  lastWebhook: 'Laatste webhook',
  nextPoll: 'Volgende poll',
  nextBatch: 'Volgende batch',
  batchDue: 'nu aan de beurt',
  waiting: (n) => `${n} nog niet gelezen`,
  lag: (s) => `helft binnen ${s} s`,
  polledOnly: 'alleen gepolld',
  runs: { running: 'bezig', done: 'klaar', failed: 'mislukt', stopped: 'gestopt' },
  books: 'Boeken',
  takes: 'neemt documenten aan',
  paused: (until) => `gepauzeerd tot ${until}`,
};
