import type { SubscriptionWords } from './subscriptions.js';

export const SUBSCRIPTIONS_NL: SubscriptionWords = {
  lead: 'Uitgaande webhooks: adressen van andere programma’s die horen wat hier gebeurt.',
  add: 'Abonnement toevoegen',
  empty: 'Er wordt nog niemand ingelicht',
  emptyHow:
    'Een abonnement is een adres van jou, waar orderpark naartoe stuurt wat er met bestellingen en documenten gebeurt: ondertekend, en opnieuw tot het is aangenomen.',
  states: {
    enabled: 'aan',
    failing: 'mislukt',
    disabled: 'uit',
    disabledByUs: 'uitgezet door orderpark',
  },
  url: 'URL',
  urlHelp:
    'Waarheen, beginnend met https://. Adressen in je eigen netwerk moeten in de configuratie zijn toegestaan.',
  category: 'Categorie',
  categories: {
    all: 'Alles',
    orders: 'Bestellingen',
    documents: 'Documenten',
    operations: 'Beheer',
  },
  categoryHelp: {
    all: 'elke gebeurtenis van elke categorie',
    orders: 'een bestelling kreeg een andere toestand, of veranderde na het boeken',
    documents: 'facturen en creditnota’s, en hun weg naar de boeken',
    operations: 'batches, aansluitingen, en wat een beheerder moet weten',
  },
  events: 'Gebeurtenissen',
  eventsHelp:
    'Vink niets aan voor elke gebeurtenis van de categorie, ook die van latere versies. Vink alleen aan wat in de gekozen categorie staat.',
  eventAbout: {
    'order.parked': 'Een bestelling wacht, want haar status komt nog niet in aanmerking.',
    'order.forwarded': 'Een bestelling kreeg haar document.',
    'order.ignored': 'Een regel of een mens laat een bestelling buiten beschouwing.',
    'order.blocked':
      'Een bestelling komt in aanmerking, maar er is geen juist document van te maken.',
    'order.expired': 'Een bestelling stond de hele terugkijkperiode geparkeerd.',
    'order.withdrawn': 'Een bestelling is in de winkel weggegooid of verwijderd.',
    'order.changed': 'De winkel wijzigde een bestelling nadat die was geboekt.',
    'document.issued': 'Een factuur of creditnota is gemaakt.',
    'document.booked': 'Een document staat in de boeken.',
    'posting.rejected': 'De boeken weigerden een document; daar is een mens voor nodig.',
    'posting.uncertain':
      'Het is niet bekend of een document in de boeken is aangekomen; dat wordt nagezocht.',
    'batch.completed': 'De nachtelijke batch van een winkel is klaar.',
    'statement.different': 'De aansluiting laat een verschil zien.',
    'webhook.disabled': 'Een winkel zette de webhooks uit die naar ons leiden.',
    'subscription.disabled': 'Een ander abonnement is uitgezet, omdat daar niets meer aankwam.',
    'subscription.test': 'Iemand vroeg om een test.',
  },
  everyEvent: 'elke gebeurtenis',
  description: 'Omschrijving',
  descriptionHelp: 'Voor jezelf: waar het voor is.',
  wants: 'Hoort van',
  delivered: 'Laatste aflevering',
  waiting: 'Wacht',
  failed: 'Mislukt',
  created: 'Gemaakt',
  failingSince: (count, since) =>
    count === 1
      ? `De laatste poging mislukte, op ${since}. Het wordt vanzelf opnieuw geprobeerd.`
      : `De laatste ${count} pogingen mislukten, de eerste op ${since}. Het wordt vanzelf opnieuw geprobeerd.`,
  previousSecret: (until) =>
    `Tot ${until} ondertekent het vorige geheim ook nog: geef de ontvanger voor die tijd het nieuwe.`,
  disabledByUs: (at) => `orderpark heeft het uitgezet op ${at}.`,
  wayOut:
    'De pogingen hieronder laten zien wat het antwoordde. Herstel de ontvanger, stuur een test en zet het dan aan: wat wacht wordt dan afgeleverd, en wat mislukte kan opnieuw.',
  newTitle: 'Nieuw abonnement',
  editTitle: 'Abonnement bewerken',
  save: 'Opslaan',
  create: 'Maken',
  problems: (count) =>
    count === 1 ? 'Eén ding moet nog goed.' : `${count} dingen moeten nog goed.`,
  tooMany: (most) =>
    `Er zijn ${most} abonnementen, en meer kunnen er niet zijn. Verwijder er een die niet meer nodig is.`,
  sentBefore:
    'Dit formulier is al eerder verstuurd, met iets anders erin. Bedoel je nog een abonnement, verstuur het dan opnieuw.',
  notWhole: 'Dit formulier kwam niet heel aan. Verstuur het opnieuw.',
  underWay:
    'Dit is zojuist verstuurd en er wordt nog aan gewerkt. Kijk in de lijst van abonnementen.',
  secretTitle: 'Het geheim',
  secretLead:
    'Het ondertekent wat wordt verstuurd, zodat de ontvanger weet dat het hier vandaan komt.',
  secret: 'Geheim',
  secretKeep:
    'Kopieer het nu, en geef het aan het programma op dat adres: het staat alleen op deze pagina.',
  secretLost: 'Een geheim dat kwijt is, vervang je door het te vernieuwen.',
  toSubscription: 'Naar het abonnement',
  toList: 'Alle abonnementen',
  actions: {
    test: 'Test sturen',
    enable: 'Aanzetten',
    disable: 'Uitzetten',
    retry: 'Alles wat mislukte opnieuw',
    retryOne: 'Opnieuw afleveren',
    rotate: 'Geheim vernieuwen',
    remove: 'Verwijderen',
    edit: 'Bewerken',
  },
  effects: {
    rotate:
      'Het krijgt een nieuw geheim, dat één keer wordt getoond, op de volgende pagina. Een dag lang ondertekent het oude ook nog, zodat de ontvanger kan overstappen.',
    remove:
      'Het wordt verwijderd met zijn pogingen, en wat ervoor wacht wordt niet afgeleverd. Dit kan niet ongedaan worden gemaakt; zet het uit om even te stoppen.',
  },
  confirmTitle: (action, what) => `${action}: ${what}?`,
  attempts: 'Pogingen',
  attempt: (id) => `Poging ${id}`,
  number: 'Poging',
  event: 'Gebeurtenis',
  answer: 'Antwoord',
  noAnswer: 'geen',
  result: 'Wat ervan kwam',
  taken: 'aangenomen',
  failedTab: 'Mislukt',
  noAttempts: 'Hier zijn geen pogingen',
  noAttemptsHow:
    'Ze verschijnen met de eerste gebeurtenis of test, en blijven dertig dagen bewaard; een filter kan ze verbergen.',
  request: 'Wat is verstuurd',
  response: 'Wat is geantwoord',
  headers: 'Headers',
  body: 'Inhoud',
  unsigned: 'Zonder de handtekening.',
  begins: 'Enkele headers, en de eerste vier kilobyte.',
  emptyBody: 'Die was leeg.',
  done: {
    changed: 'Het is gewijzigd.',
    enabled: 'Het staat aan: wat wacht wordt nu afgeleverd.',
    disabled: 'Het staat uit. Wat vanaf nu gebeurt, hoort het later niet alsnog.',
    removed: 'Het is verwijderd.',
    gone: 'Dit abonnement is er niet meer.',
    tested: 'Dit is de test die zojuist is verstuurd.',
    stopped: 'De test is afgebroken; hij wordt binnen een minuut opnieuw verstuurd.',
    queued: 'Wat mislukte is nu aan de beurt, en wordt binnen enkele seconden afgeleverd.',
    nothing: 'Er is niets mislukt, dus is er niets opnieuw af te leveren.',
    'not-enabled': 'Het staat uit, dus wordt er niets afgeleverd. Zet het eerst aan.',
    'waits-already': 'Die gebeurtenis wacht al op haar eerste poging.',
    'no-event': 'Van die gebeurtenis is in de laatste dertig dagen niets verteld.',
  },
};
