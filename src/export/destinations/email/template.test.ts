import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOf } from '../../../../tests/support/documents.js';
import { LANGUAGES } from '../../../rendering/language.js';
import { bodyText, PLACEHOLDERS, type Subjects, subjectText, templateProblem } from './template.js';

const INVOICE = documentOf({
  lines: [{ netMinor: 100_000, rates: ['NL21'] }],
  taxes: { NL21: 21_000 },
});
const NOTE = documentOf({
  kind: 'credit-note',
  lines: [{ netMinor: 1000, rates: ['NL21'] }],
  taxes: { NL21: 210 },
  buyer: { company: 'Jansen BV' },
});

const about = (part: Partial<Subjects> = {}): Subjects => ({
  documents: [INVOICE],
  seller: { name: 'Voorbeeld BV', company: '', country: 'NL' },
  notes: [],
  language: 'en',
  ...part,
});

describe('the usual texts', () => {
  test.each([
    [
      'nl',
      'Factuur 1042 - Voorbeeld BV',
      '- Factuur 1042, 20 november 2026, Jan Jansen: EUR 1.210,00',
    ],
    [
      'en',
      'Invoice 1042 - Voorbeeld BV',
      '- Invoice 1042, 20 November 2026, Jan Jansen: EUR 1,210.00',
    ],
    [
      'de',
      'Rechnung 1042 - Voorbeeld BV',
      '- Rechnung 1042, 20. November 2026, Jan Jansen: EUR 1.210,00',
    ],
  ] as const)('in %s', (language, subject, line) => {
    expect(subjectText(undefined, about({ language }))).toBe(subject);
    expect(bodyText(undefined, about({ language })).split('\n')).toContain(line);
  });

  test('a mail of several counts and lists them', () => {
    const several = about({ documents: [INVOICE, NOTE] });
    expect(subjectText(undefined, several)).toBe('2 invoices and credit notes - Voorbeeld BV');
    expect(bodyText(undefined, several)).toBe(
      [
        'Attached:',
        '',
        '- Invoice 1042, 20 November 2026, Jan Jansen: EUR 1,210.00',
        '- Credit note 1042-C1 for invoice 1042, 20 November 2026, Jansen BV: EUR 12.10',
        '',
        '-- ',
        'Sent automatically by orderpark, on behalf of Voorbeeld BV.',
        '',
      ].join('\n'),
    );
  });

  test('what the reader should know of the files stands below them', () => {
    const body = bodyText(undefined, about({ notes: ['No KvK number:\nplain UBL.'] }));
    expect(body).toContain('1,210.00\n\nNo KvK number: plain UBL.\n\n-- \n');
  });

  test('without a seller, the shop stands for it', () => {
    expect(
      subjectText(undefined, about({ seller: { name: '', company: '', country: 'NL' } })),
    ).toBe('Invoice 1042 - main');
  });

  test('have no placeholder that is unknown', () => {
    for (const language of LANGUAGES) {
      for (const documents of [[INVOICE], [INVOICE, NOTE]]) {
        expect(subjectText(undefined, about({ language, documents }))).not.toMatch(/[{}]/);
        expect(bodyText(undefined, about({ language, documents }))).not.toMatch(/[{}]/);
      }
    }
  });
});

describe('a template', () => {
  test('may use every placeholder', () => {
    const all = PLACEHOLDERS.filter((name) => name !== 'documents' && name !== 'notes')
      .map((name) => `{${name}}`)
      .join('|');
    expect(templateProblem(all)).toBeUndefined();
    expect(bodyText(all, about({ documents: [NOTE] }))).toBe(
      '1042-C1|Credit note|20 November 2026|1042|main|Jansen BV|Voorbeeld BV|12.10|EUR|1042|1\n',
    );
  });

  test('of a mail of several has what differs side by side', () => {
    const documents = Array.from({ length: 7 }, (_, index) => ({ ...INVOICE, number: `${index}` }));
    const text = subjectText('{shop}: {number} ({invoice})', about({ documents }));
    expect(text).toBe('main: 0, 1, 2, 3, 4, … (0, 1, 2, 3, 4, …)');
  });

  test.each([
    ['{nummer}', /^\{nummer\} is no placeholder; these are: \{number\}/],
    ['{Number}', /^\{Number\} is no placeholder/],
    ['{}', /^\{\} is no placeholder/],
    ['{number', /^a brace stands alone/],
    ['number}', /^a brace stands alone/],
    ['{{number}}', /^a brace stands alone/],
  ])('%s is refused', (text, problem) => {
    expect(templateProblem(text)).toMatch(problem);
  });

  test('with an unknown placeholder keeps it as it stands', () => {
    expect(subjectText('{nummer} {number}', about())).toBe('{nummer} 1042');
  });

  test('that comes to nothing gives way to the usual subject', () => {
    const documents = [{ ...INVOICE, orderNumber: '\u202e\n' }];
    expect(subjectText(' {order} ', about({ documents }))).toBe('Invoice 1042 - Voorbeeld BV');
  });

  test('is not read a second time in what a customer wrote', () => {
    const documents = [{ ...INVOICE, orderNumber: '{seller}' }];
    expect(subjectText('{order}', about({ documents }))).toBe('{seller}');
  });
});

test('whatever customers write, the subject is one line, and so is each value in the body', () => {
  const text = fc.string({ unit: 'binary', maxLength: 500 });
  fc.assert(
    fc.property(text, text, (name, number) => {
      const documents = [{ ...INVOICE, number, buyer: { ...INVOICE.buyer, name } }];
      const subject = subjectText('{buyer} {number}', about({ documents }));
      expect(subject).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(Array.from(subject).length).toBeLessThanOrEqual(200);
      const body = bodyText('{buyer}\n{number}\n{documents}\n.', about({ documents }));
      expect(body.split('\n').length).toBeLessThanOrEqual(5);
      expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
