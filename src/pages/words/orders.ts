import type { OrderState } from '../../orders/states.js';
import type { Action, AttentionTab, DoneCode } from '../actions.js';

/** Words of the lists of orders, the page of one, and what can be done with them. */
export interface OrderWords {
  readonly openLead: string;
  readonly bookedLead: string;
  readonly attentionLead: string;
  readonly since: string;
  readonly expires: string;
  readonly releasedBy: string;
  readonly nextLook: (poll: string, batch: string) => string;
  readonly release: Readonly<Record<OrderState, string>>;
  readonly leftOut: string;
  readonly findBy: string;
  readonly all: string;
  readonly select: (number: string) => string;
  readonly selectAll: string;
  readonly withSelected: string;
  readonly emptyOpen: string;
  readonly emptyOpenMore: string;
  readonly emptyFound: string;
  readonly emptyFoundMore: string;
  readonly emptyBooked: string;
  readonly emptyBookedMore: string;
  readonly emptyTab: string;
  readonly emptyTabMore: string;
  readonly tabs: Readonly<Record<AttentionTab, string>>;
  readonly tabHelp: Readonly<Record<AttentionTab, string>>;
  readonly actions: Readonly<Record<Action, string>>;
  /** What will happen with each. */
  readonly effects: Readonly<Record<Action, string>>;
  readonly confirmTitle: (action: string, what: string) => string;
  readonly confirmSum: string;
  readonly done: Readonly<Record<DoneCode, (count: number) => string>>;
  /** Orders with which it did not go as wished. */
  readonly left: (count: number) => string;
  readonly proposal: {
    readonly name: string;
    readonly lead: string;
    readonly documents: string;
    readonly inBooks: (before: string, after: string) => string;
    readonly stillBlocked: string;
    readonly accept: string;
    readonly none: string;
  };
  readonly field: string;
  readonly wasBooked: string;
  readonly isNow: string;
  readonly attempts: string;
  readonly kind: string;
  readonly invoice: string;
  readonly creditNote: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly noRendering: string;
  readonly facts: string;
  readonly rule: string;
  readonly line: (file: string, line: number) => string;
  readonly created: string;
  readonly modified: string;
  readonly ofWhichTax: string;
  readonly source: string;
  readonly timeline: string;
  readonly documents: string;
  readonly refunds: string;
  readonly changes: string;
  readonly raw: string;
  readonly rawMasked: string;
  readonly noRaw: string;
  readonly events: {
    readonly seen: string;
    readonly still: string;
    readonly made: string;
    readonly refund: string;
    readonly webhook: string;
    readonly person: string;
  };
}

export const ORDERS_EN: OrderWords = {
  openLead: 'Orders that wait: their status in the shop is not one that a rule books.',
  bookedLead: 'Every invoice and credit note that was made, and where it is in the books.',
  attentionLead: 'What does not go on without a person, each with its reason and what to do.',
  since: 'Since',
  expires: 'Looked at until',
  releasedBy: 'What releases it',
  nextLook: (poll, batch) => `Next look: ${poll}. All are looked at again ${batch}.`,
  release: {
    parked: 'A status that a rule books, or a person who books it now.',
    expired: 'A change of its status; a recheck gives it another look-back.',
    blocked: 'It is booked by itself once the cause is put right.',
    ignored: 'A change of its status or of the rule, or a person.',
    withdrawn: 'It comes back by itself if the shop restores it.',
    forwarded: 'Nothing: it is in the books, or on its way.',
  },
  leftOut: 'Left out',
  findBy: 'Order number or id',
  all: 'All',
  select: (number) => `Select order ${number}`,
  selectAll: 'Select all',
  withSelected: 'With those selected:',
  emptyOpen: 'No order waits.',
  emptyOpenMore: 'Orders whose status no rule books appear here by themselves.',
  emptyFound: 'No such order.',
  emptyFoundMore: 'Look for the whole number or the id. It may also be older than `since`.',
  emptyBooked: 'No document yet.',
  emptyBookedMore: 'The first one is made once an order has a status that a rule books.',
  emptyTab: 'Nothing here.',
  emptyTabMore: 'Nothing of this kind needs a person.',
  tabs: {
    blocked: 'Blocked',
    rejected: 'Rejected',
    uncertain: 'Uncertain',
    expired: 'Expired',
    changed: 'Changed after booking',
    withdrawn: 'Withdrawn after booking',
  },
  tabHelp: {
    blocked: 'These are to be booked, but no correct document can be made of them as they are.',
    rejected: 'The books refused these documents. Remove the cause, then send them again.',
    uncertain: 'These may or may not be in the books. They are looked up where that is possible.',
    expired: 'These waited past the look-back and are no longer looked at each night.',
    changed:
      'The shop changed these after they were booked. A document never changes: credit and book the order again, refund the difference in the shop, or put it right in the books by hand.',
    withdrawn: 'These are in the books, and the shop has thrown them away. Restore or credit them.',
  },
  actions: {
    recheck: 'Recheck',
    forward: 'Book now',
    ignore: 'Leave out',
    undo: 'Give back to the rules',
    'send-again': 'Send again',
    'mark-booked': 'Mark as booked',
  },
  effects: {
    recheck: 'It is read from the shop again and judged by the rules.',
    forward:
      'Its document is made and sent to the books, whatever the rules say. That cannot be undone.',
    ignore: 'It is left out of the books until that is undone. One that has its document keeps it.',
    undo: 'The rules decide about it again.',
    'send-again':
      'It is sent to the books again; one that may have arrived is looked up first where that is possible.',
    'mark-booked': 'It counts as booked from now on. Nothing is sent.',
  },
  confirmTitle: (action, what) => `${action}: ${what}`,
  confirmSum: 'Together',
  done: {
    rechecked: (n) => `Read again: ${n}.`,
    forwarded: (n) => `Booked or on the way: ${n}.`,
    ignored: (n) => `Left out: ${n}.`,
    'given-back': (n) => `Given back to the rules: ${n}.`,
    'sent-again': () => 'It is on its way again.',
    'marked-booked': () => 'It is marked as booked.',
    'not-waiting': () => 'It no longer waits: nothing was done.',
    nothing: () => 'Nothing was chosen.',
    'shop-failed': () => 'The shop could not be read. Try again later; its last run says more.',
    'booked-again': () => 'It is corrected: the documents below are on their way to the books.',
    outdated: () => 'The order is not as it was when you looked. Look again; nothing was done.',
  },
  left: (n) => `Not as wished: ${n}. Each says why.`,
  proposal: {
    name: 'Credit and book again',
    lead: 'What was booked is credited, and the order is booked again as the shop has it now, if it still is to be booked. Nothing is done until you accept it, and then it cannot be undone.',
    documents: 'These documents would be made',
    inBooks: (before, after) => `In the books for this order: ${before} now, ${after} then.`,
    stillBlocked: 'The order would still need a person:',
    accept: 'Accept: make these documents',
    none: 'There is nothing to accept.',
  },
  field: 'Field',
  wasBooked: 'Booked',
  isNow: 'Now',
  attempts: 'Attempts',
  kind: 'Kind',
  invoice: 'Invoice',
  creditNote: 'Credit note',
  date: 'Date',
  from: 'From',
  to: 'Up to',
  noRendering: 'This file cannot be made',
  facts: 'Now',
  rule: 'Rule',
  line: (file, line) => `${file}, line ${line}`,
  created: 'Created',
  modified: 'Modified',
  ofWhichTax: 'of which tax',
  source: 'Seen by',
  timeline: 'Its life',
  documents: 'Documents',
  refunds: 'Refunds',
  changes: 'Changed after it was booked',
  raw: 'As the shop sent it',
  rawMasked: 'Names, addresses and what else leads to the customer are masked.',
  noRaw: 'The shop never gave this order whole.',
  events: {
    seen: 'First seen',
    still: 'still',
    made: 'Document made',
    refund: 'Refund',
    webhook: 'Webhook',
    person: 'By a person',
  },
};

export const ORDERS_NL: OrderWords = {
  openLead: 'Bestellingen die wachten: hun status in de winkel is er geen die een regel boekt.',
  bookedLead: 'Elke factuur en creditnota die is gemaakt, en waar die in de boeken staat.',
  attentionLead: 'Wat niet verdergaat zonder een mens, telkens met de reden en wat te doen.',
  since: 'Sinds',
  expires: 'Gevolgd tot',
  releasedBy: 'Wat haar vrijgeeft',
  nextLook: (poll, batch) => `Volgende blik: ${poll}. Alle worden opnieuw bekeken ${batch}.`,
  release: {
    parked: 'Een status die een regel boekt, of iemand die haar nu boekt.',
    expired: 'Een andere status; opnieuw lezen volgt haar weer een tijd.',
    blocked: 'Ze wordt vanzelf geboekt zodra de oorzaak is verholpen.',
    ignored: 'Een andere status of een andere regel, of iemand.',
    withdrawn: 'Ze komt vanzelf terug als de winkel haar herstelt.',
    forwarded: 'Niets: ze staat in de boeken, of is onderweg.',
  },
  leftOut: 'Weggelaten',
  findBy: 'Bestelnummer of id',
  all: 'Alle',
  select: (number) => `Kies bestelling ${number}`,
  selectAll: 'Kies alle',
  withSelected: 'Met de gekozen:',
  emptyOpen: 'Geen bestelling wacht.',
  emptyOpenMore: 'Bestellingen met een status die geen regel boekt, verschijnen hier vanzelf.',
  emptyFound: 'Zo’n bestelling is er niet.',
  emptyFoundMore: 'Zoek het hele nummer of het id. Misschien is ze ouder dan `since`.',
  emptyBooked: 'Nog geen document.',
  emptyBookedMore: 'Het eerste komt zodra een bestelling een status heeft die een regel boekt.',
  emptyTab: 'Hier is niets.',
  emptyTabMore: 'Niets van deze soort heeft iemand nodig.',
  tabs: {
    blocked: 'Geblokkeerd',
    rejected: 'Geweigerd',
    uncertain: 'Onzeker',
    expired: 'Verlopen',
    changed: 'Gewijzigd na boeking',
    withdrawn: 'Ingetrokken na boeking',
  },
  tabHelp: {
    blocked: 'Deze moeten worden geboekt, maar er is zo geen juist document van te maken.',
    rejected: 'De boeken weigerden deze documenten. Verhelp de oorzaak en verstuur ze opnieuw.',
    uncertain: 'Deze staan misschien al in de boeken. Waar dat kan, worden ze opgezocht.',
    expired: 'Deze wachtten te lang en worden niet meer elke nacht bekeken.',
    changed:
      'De winkel wijzigde deze na de boeking. Een document verandert nooit: crediteer en boek de bestelling opnieuw, betaal het verschil terug in de winkel, of zet het met de hand recht in de boeken.',
    withdrawn: 'Deze staan in de boeken, en de winkel gooide ze weg. Herstel of crediteer ze.',
  },
  actions: {
    recheck: 'Opnieuw lezen',
    forward: 'Nu boeken',
    ignore: 'Weglaten',
    undo: 'Terug naar de regels',
    'send-again': 'Opnieuw versturen',
    'mark-booked': 'Als geboekt markeren',
  },
  effects: {
    recheck: 'Ze wordt opnieuw uit de winkel gelezen en volgens de regels beoordeeld.',
    forward:
      'Haar document wordt gemaakt en naar de boeken gestuurd, wat de regels ook zeggen. Dat is niet terug te draaien.',
    ignore:
      'Ze blijft buiten de boeken tot dat ongedaan wordt gemaakt. Een gemaakt document blijft.',
    undo: 'De regels beslissen er weer over.',
    'send-again':
      'Het gaat opnieuw naar de boeken; wat misschien al aankwam, wordt waar dat kan eerst opgezocht.',
    'mark-booked': 'Het telt voortaan als geboekt. Er wordt niets verstuurd.',
  },
  confirmTitle: (action, what) => `${action}: ${what}`,
  confirmSum: 'Samen',
  done: {
    rechecked: (n) => `Opnieuw gelezen: ${n}.`,
    forwarded: (n) => `Geboekt of onderweg: ${n}.`,
    ignored: (n) => `Weggelaten: ${n}.`,
    'given-back': (n) => `Terug naar de regels: ${n}.`,
    'sent-again': () => 'Het is weer onderweg.',
    'marked-booked': () => 'Het is als geboekt gemarkeerd.',
    'not-waiting': () => 'Het wacht niet meer: er is niets gedaan.',
    nothing: () => 'Er was niets gekozen.',
    'shop-failed': () =>
      'De winkel was niet te lezen. Probeer het later; de laatste run zegt meer.',
    'booked-again': () =>
      'Ze is gecorrigeerd: de documenten hieronder zijn onderweg naar de boeken.',
    outdated: () =>
      'De bestelling is niet meer zoals je haar zag. Kijk opnieuw; er is niets gedaan.',
  },
  left: (n) => `Niet zoals gewenst: ${n}. Bij elk staat waarom.`,
  proposal: {
    name: 'Crediteren en opnieuw boeken',
    lead: 'Wat is geboekt wordt gecrediteerd, en de bestelling wordt opnieuw geboekt zoals de winkel haar nu heeft, als ze nog geboekt moet worden. Er gebeurt niets tot je dat aanvaardt, en dan is het niet terug te draaien.',
    documents: 'Deze documenten worden dan gemaakt',
    inBooks: (before, after) => `In de boeken voor deze bestelling: nu ${before}, dan ${after}.`,
    stillBlocked: 'De bestelling heeft dan nog steeds iemand nodig:',
    accept: 'Aanvaarden: maak deze documenten',
    none: 'Er is niets te aanvaarden.',
  },
  field: 'Veld',
  wasBooked: 'Geboekt',
  isNow: 'Nu',
  attempts: 'Pogingen',
  kind: 'Soort',
  invoice: 'Factuur',
  creditNote: 'Creditnota',
  date: 'Datum',
  from: 'Vanaf',
  to: 'Tot en met',
  noRendering: 'Dit bestand is niet te maken',
  facts: 'Nu',
  rule: 'Regel',
  line: (file, line) => `${file}, regel ${line}`,
  created: 'Gemaakt',
  modified: 'Gewijzigd',
  ofWhichTax: 'waarvan btw',
  source: 'Gezien door',
  timeline: 'Haar leven',
  documents: 'Documenten',
  refunds: 'Terugbetalingen',
  changes: 'Gewijzigd nadat ze was geboekt',
  raw: 'Zoals de winkel haar stuurde',
  rawMasked: 'Namen, adressen en wat verder naar de klant leidt zijn afgeschermd.',
  noRaw: 'De winkel gaf deze bestelling nooit in haar geheel.',
  events: {
    seen: 'Voor het eerst gezien',
    still: 'nog steeds',
    made: 'Document gemaakt',
    refund: 'Terugbetaling',
    webhook: 'Webhook',
    person: 'Door een mens',
  },
};
