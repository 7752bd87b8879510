import { STATUS_ACTIONS, type StatusProposal } from '../../../setup/statuses.js';
import { UNTAXED_CATEGORIES, type VatProposal } from '../../../setup/vat.js';
import type { PageContext } from '../../page.js';
import { statusField, vatField } from '../../setup/forms.js';
import { pathOf, type Step } from '../../setup/steps.js';
import { StackTable } from '../office/list.js';
import { FieldFault } from './field.js';
import { Frame, StepForm } from './frame.js';
import type { Shown } from './shop.js';

interface RulesProps {
  readonly page: PageContext;
  readonly reached: Step;
  readonly shown: Shown;
  readonly statuses: readonly StatusProposal[];
  readonly vat: readonly VatProposal[];
}

export function RulesStep(props: RulesProps) {
  const { page, reached, shown } = props;
  const words = page.words.setup.rules;
  return (
    <Frame page={page} step="rules" reached={reached}>
      <StepForm page={page} action={pathOf('rules')}>
        <section>
          <h2>{words.statuses}</h2>
          <p>{words.statusesLead}</p>
          <FieldFault page={page} id="statuses-fault" problem={shown.problems['statuses']} />
          <Statuses {...props} />
        </section>
        <section>
          <h2>{words.vat}</h2>
          <p>{words.vatLead}</p>
          <FieldFault page={page} id="vat-fault" problem={shown.problems['vat']} />
          <ul class="cases rates">
            {props.vat.map((proposal, index) => (
              <VatLine key={index} page={page} shown={shown} proposal={proposal} index={index} />
            ))}
          </ul>
        </section>
      </StepForm>
    </Frame>
  );
}

function Statuses({ page, shown: { values }, statuses }: RulesProps) {
  const words = page.words.setup.rules;
  const heads = [page.words.common.status, words.action, words.seen].map((title) => ({ title }));
  return (
    <StackTable heads={heads}>
      {statuses.map(({ status, note }) => (
        <tr key={status}>
          <td data-label={page.words.common.status}>
            <code>{status}</code>
          </td>
          <td data-label={words.action}>
            <select name={statusField(status)} aria-label={`${words.action}: ${status}`}>
              {STATUS_ACTIONS.map((action) => (
                <option
                  key={action}
                  value={action}
                  selected={values.get(statusField(status)) === action}
                >
                  {words.actions[action]}
                </option>
              ))}
            </select>
          </td>
          <td data-label={words.seen}>
            <small lang="en">{note}</small>
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

interface VatLineProps {
  readonly page: PageContext;
  readonly shown: Shown;
  readonly proposal: VatProposal;
  readonly index: number;
}

/** One rate: whether it is used, and what it is called. */
function VatLine({ page, shown: { values, problems }, proposal, index }: VatLineProps) {
  const words = page.words.setup.rules;
  const { fields, note } = proposal;
  const name = rateName(page, proposal);
  const field = (part: string) => vatField(index, part);
  const value = (part: string) => values.get(field(part)) ?? '';
  const problem = problems[field('code')];
  return (
    <li class="sheet case">
      <p class="case-head">
        <strong>{name}</strong>
        <label class="choice">
          <input type="checkbox" name={field('on')} checked={values.has(field('on'))} />
          {words.use}
          <span class="visually-hidden">: {name}</span>
        </label>
      </p>
      <div class="row">
        <label>
          {words.code}
          <input
            name={field('code')}
            value={value('code')}
            autocomplete="off"
            aria-invalid={problem === undefined ? undefined : 'true'}
            aria-describedby={problem === undefined ? undefined : `${field('code')}-fault`}
          />
        </label>
        {'category' in fields && (
          <>
            <label>
              {words.category}
              <select name={field('category')}>
                {UNTAXED_CATEGORIES.map((category) => (
                  <option key={category} value={category} selected={value('category') === category}>
                    {words.categories[category]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.reason}
              <input name={field('reason')} value={value('reason')} autocomplete="off" />
            </label>
          </>
        )}
      </div>
      <FieldFault page={page} id={`${field('code')}-fault`} problem={problem} />
      <small lang="en" class="told">
        {note}
      </small>
    </li>
  );
}

/** As `21 % · NL`, with what else a line must be for the rule. */
function rateName(page: PageContext, { fields }: VatProposal): string {
  const { percent = '', country = '', code: _, category: __, reason: ___, ...more } = fields;
  const where = country === '' ? page.words.setup.rules.everywhere : country;
  return [`${percent} %`, where, ...Object.values(more).filter((text) => text !== '')].join(' · ');
}
