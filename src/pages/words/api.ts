/** Words of the page that reads and tries the API; what the API says of itself is English. */
export interface ApiWords {
  readonly title: string;
  readonly lead: string;
  readonly contents: string;
  readonly document: string;
  readonly schemas: string;
  readonly schemasLead: string;
  readonly needs: (permission: string, roles: string) => string;
  readonly parameters: string;
  readonly where: Readonly<Record<'path' | 'query' | 'header', string>>;
  readonly body: string;
  readonly answer: string;
  readonly answerFile: (mediaType: string) => string;
  readonly otherwise: string;
  readonly example: string;
  readonly required: string;
  readonly oneOf: string;
  readonly tryIt: string;
  readonly mayNot: (permission: string) => string;
  readonly back: string;
  readonly tryTitle: (id: string) => string;
  readonly tryLead: string;
  readonly any: string;
  readonly send: string;
  readonly changes: string;
  readonly missing: (names: string) => string;
  readonly confirmTitle: (id: string) => string;
  readonly confirmLead: (name: string, role: string) => string;
  readonly confirmSend: string;
  readonly change: string;
  readonly result: string;
  readonly status: string;
  readonly duration: (milliseconds: string) => string;
  readonly headers: string;
  readonly cut: string;
  readonly noText: (bytes: string, mediaType: string) => string;
}

export const API_EN: ApiWords = {
  title: 'The API',
  lead: 'All that these pages show and do, for programs. Each call can be tried here, as you and with your rights.',
  contents: 'Contents',
  document: 'The same as an OpenAPI document',
  schemas: 'Schemas',
  schemasLead: 'What the answers are made of.',
  needs: (permission, roles) => `Needs ${permission}: ${roles}.`,
  parameters: 'Parameters',
  where: { path: 'in the path', query: 'in the query', header: 'header' },
  body: 'Body',
  answer: 'Answer',
  answerFile: (mediaType) => `A file: ${mediaType}.`,
  otherwise: 'Where it was not done:',
  example: 'With curl',
  required: 'required',
  oneOf: 'One of',
  tryIt: 'Try',
  mayNot: (permission) => `Your role may not try this: it needs ${permission}.`,
  back: 'To the whole API',
  tryTitle: (id) => `Try ${id}`,
  tryLead:
    'It is done here as if a program of yours had asked, with your rights, and is in the audit like any other.',
  any: 'any',
  send: 'Send',
  changes: 'This changes something. You are asked once more before it is done.',
  missing: (names) => `Fill in each part of the path: ${names}.`,
  confirmTitle: (id) => `Really call ${id}?`,
  confirmLead: (name, role) => `It is done for real, as ${name} (${role}).`,
  confirmSend: 'Yes, do it',
  change: 'Change it',
  result: 'What the API answered',
  status: 'Status',
  duration: (milliseconds) => `${milliseconds} ms`,
  headers: 'Headers',
  cut: 'It is longer; this is its beginning.',
  noText: (bytes, mediaType) => `${bytes} bytes of ${mediaType}, which is not shown here.`,
};

export const API_NL: ApiWords = {
  title: 'De API',
  lead: 'Alles wat deze pagina’s tonen en doen, voor programma’s. Elke aanroep is hier te proberen, als jezelf en met je rechten.',
  contents: 'Inhoud',
  document: 'Hetzelfde als OpenAPI-document',
  schemas: 'Schema’s',
  schemasLead: 'Waaruit de antwoorden bestaan.',
  needs: (permission, roles) => `Vraagt ${permission}: ${roles}.`,
  parameters: 'Parameters',
  where: { path: 'in het pad', query: 'in de query', header: 'header' },
  body: 'Inhoud van het verzoek',
  answer: 'Antwoord',
  answerFile: (mediaType) => `Een bestand: ${mediaType}.`,
  otherwise: 'Als het niet is gedaan:',
  example: 'Met curl',
  required: 'verplicht',
  oneOf: 'Een van',
  tryIt: 'Proberen',
  mayNot: (permission) => `Je rol mag dit niet proberen: het vraagt ${permission}.`,
  back: 'Naar de hele API',
  tryTitle: (id) => `${id} proberen`,
  tryLead:
    'Het gebeurt hier alsof een programma van jou het vroeg, met je rechten, en staat als elk ander in de audit.',
  any: 'alle',
  send: 'Versturen',
  changes: 'Dit verandert iets. Voordat het gebeurt wordt het nog eens gevraagd.',
  missing: (names) => `Vul elk deel van het pad in: ${names}.`,
  confirmTitle: (id) => `${id} echt aanroepen?`,
  confirmLead: (name, role) => `Het gebeurt echt, als ${name} (${role}).`,
  confirmSend: 'Ja, doe het',
  change: 'Aanpassen',
  result: 'Wat de API antwoordde',
  status: 'Status',
  duration: (milliseconds) => `${milliseconds} ms`,
  headers: 'Headers',
  cut: 'Het is langer; dit is het begin.',
  noText: (bytes, mediaType) => `${bytes} bytes ${mediaType}, wat hier niet wordt getoond.`,
};
