import { FLAVOURS } from '../../../setup/choices.js';
import type { PageContext } from '../../page.js';
import { pathOf, type Step } from '../../setup/steps.js';
import { Select } from '../office/list.js';
import { Check, Field, FieldFault } from './field.js';
import { Frame, StepForm } from './frame.js';
import type { Shown } from './shop.js';

interface BooksProps {
  readonly page: PageContext;
  readonly reached: Step;
  readonly shown: Shown;
  /** A mail server was given before. */
  readonly hasSmtp: boolean;
}

export function BooksStep({ page, reached, shown: { values, problems }, hasSmtp }: BooksProps) {
  const words = page.words.setup.books;
  const chosen = values.getAll('books');
  const field = (name: string) => ({ page, name, problem: problems[name] });
  return (
    <Frame page={page} step="books" reached={reached} lead={words.lead}>
      <StepForm page={page} action={pathOf('books')}>
        <fieldset class="stacked">
          <legend>{words.which}</legend>
          {(['journal', 'files', 'email'] as const).map((type) => (
            <Check
              key={type}
              name="books"
              value={type}
              label={words[type]}
              isOn={chosen.includes(type)}
            />
          ))}
          <FieldFault page={page} id="books-fault" problem={problems['books']} />
        </fieldset>
        <Select
          label={words.flavour}
          name="flavour"
          value={values.get('flavour') ?? ''}
          options={FLAVOURS.map((each) => [each, each])}
        />
        <fieldset class="grid">
          <legend>{words.mail}</legend>
          <Field
            {...field('smtp')}
            {...{ label: words.smtp, value: '', isSecret: true }}
            {...(hasSmtp && { help: words.smtpKept })}
          />
          <Field
            {...field('mailFrom')}
            label={words.mailFrom}
            value={values.get('mailFrom') ?? ''}
          />
          <Field {...field('mailTo')} label={words.mailTo} value={values.get('mailTo') ?? ''} />
        </fieldset>
      </StepForm>
    </Frame>
  );
}
