import type { ComponentChildren } from 'preact';
import type { PageContext } from '../../page.js';
import { pathOf, STEPS, type Step } from '../../setup/steps.js';
import { FormToken, Layout } from '../layout.js';

interface FrameProps {
  readonly page: PageContext;
  readonly step: Step;
  /** The first step that is not answered yet. */
  readonly reached: Step;
  readonly lead?: string;
  readonly children: ComponentChildren;
}

/** One step of the first config, with the way through all of them. */
export function Frame({ page, step, reached, lead, children }: FrameProps) {
  const { setup } = page.words;
  return (
    <Layout page={page} title={setup.steps[step]} {...(lead && { lead })} isAlone>
      <nav class="tabs steps" aria-label={setup.stepsLabel}>
        <ul>
          {STEPS.map((each) => (
            <li key={each}>
              <StepName page={page} step={each} isHere={each === step} reached={reached} />
            </li>
          ))}
        </ul>
      </nav>
      {children}
      {step !== 'done' && (
        <p class="quiet-text">{setup.step(STEPS.indexOf(step) + 1, STEPS.length - 1)}</p>
      )}
    </Layout>
  );
}

interface StepNameProps {
  readonly page: PageContext;
  readonly step: Step;
  readonly isHere: boolean;
  readonly reached: Step;
}

function StepName({ page, step, isHere, reached }: StepNameProps) {
  const name = page.words.setup.steps[step];
  const isWritten = reached === 'done' && step !== 'done';
  if (STEPS.indexOf(step) > STEPS.indexOf(reached) || isWritten) return <span>{name}</span>;
  return (
    <a href={pathOf(step)} aria-current={isHere ? 'step' : undefined}>
      {name}
    </a>
  );
}

interface StepFormProps {
  readonly page: PageContext;
  readonly action: string;
  /** Of the button; "Go on" unless told. */
  readonly label?: string;
  readonly style?: 'second';
  readonly children?: ComponentChildren;
}

export function StepForm({ page, action, label, style, children }: StepFormProps) {
  return (
    <form class="try" method="post" action={action}>
      <FormToken page={page} />
      {children}
      <div class="actions">
        <button type="submit" class={style}>
          {label ?? page.words.setup.next}
        </button>
      </div>
    </form>
  );
}

/** What went wrong with what was asked for, as who said it said it. */
export function TroubleNote({
  page,
  trouble,
}: {
  readonly page: PageContext;
  readonly trouble: { readonly message: string; readonly fix: string } | undefined;
}) {
  if (trouble === undefined) return null;
  return (
    <div class="note bad" role="alert">
      <strong>{page.words.setup.wrong}</strong>
      <p lang="en" class="break">
        {trouble.message} {trouble.fix}
      </p>
    </div>
  );
}
