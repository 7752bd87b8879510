import type { PageContext } from '../../page.js';
import type { FieldProblem } from '../../setup/forms.js';

interface ProblemProps {
  readonly page: PageContext;
  readonly id: string;
  readonly problem: FieldProblem | undefined;
}

/** What is wrong with a field, beside it. */
export function FieldFault({ page, id, problem }: ProblemProps) {
  if (problem === undefined) return null;
  const isOurs = typeof problem === 'string';
  return (
    <span class="problem" id={id} lang={isOurs ? undefined : 'en'}>
      {isOurs ? page.words.setup.problems[problem] : problem.told}
    </span>
  );
}

interface FieldProps {
  readonly page: PageContext;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  readonly problem: FieldProblem | undefined;
  /** What is typed is not shown, now or later. */
  readonly isSecret?: boolean;
  readonly isNeeded?: boolean;
}

export function Field(props: FieldProps) {
  const { page, name, label, value, help, problem, isSecret, isNeeded } = props;
  const [id, helpId, faultId] = [`field-${name}`, `${name}-help`, `${name}-fault`];
  const described = [help && helpId, problem && faultId].filter(
    (id) => id !== undefined && id !== '',
  );
  const input = {
    ...{ id, name, value, autocomplete: 'off', spellcheck: false, required: isNeeded },
    'aria-invalid': problem === undefined ? undefined : ('true' as const),
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {isSecret ? <input type="password" {...input} /> : <input {...input} />}
      {help && <small id={helpId}>{help}</small>}
      <FieldFault page={page} id={faultId} problem={problem} />
    </div>
  );
}

interface CheckProps {
  readonly name: string;
  readonly value?: string;
  readonly label: string;
  readonly isOn: boolean;
}

export function Check({ name, value = 'on', label, isOn }: CheckProps) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value={value} checked={isOn} />
      {label}
    </label>
  );
}
