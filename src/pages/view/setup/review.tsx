import { formatProblems } from '../../../config/format-problems.js';
import type { Problem } from '../../../config/problem.js';
import type { NewFile } from '../../../setup/files.js';
import type { PageContext } from '../../page.js';
import type { Trouble } from '../../setup/draft.js';
import { WRITE_PATH } from '../../setup/steps.js';
import { Frame, StepForm, TroubleNote } from './frame.js';

/** What is to be written, or why it cannot be. */
export type Planned =
  | {
      readonly kind: 'files';
      readonly files: readonly NewFile[];
      readonly there: readonly string[];
    }
  | { readonly kind: 'unsound'; readonly problems: readonly Problem[] };

interface ReviewProps {
  readonly page: PageContext;
  readonly planned: Planned;
  readonly mayReplace: boolean;
  readonly nameFor: (path: string) => string;
  readonly trouble?: Trouble | undefined;
}

export function ReviewStep(props: ReviewProps) {
  const { page, planned, trouble } = props;
  const words = page.words.setup.review;
  return (
    <Frame page={page} step="review" reached="review" lead={words.lead}>
      <TroubleNote page={page} trouble={trouble} />
      {planned.kind === 'unsound' ? (
        <>
          <p class="note bad" role="alert">
            {words.unsound}
          </p>
          <pre class="wrap" lang="en">
            {formatProblems(planned.problems, { color: false })}
          </pre>
        </>
      ) : (
        <Files {...props} planned={planned} />
      )}
    </Frame>
  );
}

interface FilesProps extends Omit<ReviewProps, 'planned'> {
  readonly planned: Extract<Planned, { kind: 'files' }>;
}

function Files({ page, planned: { files, there }, mayReplace, nameFor }: FilesProps) {
  const words = page.words.setup.review;
  const isFree = mayReplace || there.length === 0;
  const config = files.find(({ isSecret }) => !isSecret);
  return (
    <>
      <h2>{words.files}</h2>
      <ul>
        {files.map(({ path, isSecret }) => (
          <li key={path} class="break">
            <code>{nameFor(path)}</code>: {isSecret ? words.secret : words.config}{' '}
            {there.includes(path) && (
              <span class="badge bad">{mayReplace ? words.replaced : words.there}</span>
            )}
          </li>
        ))}
      </ul>
      {isFree ? (
        <StepForm page={page} action={WRITE_PATH} label={words.write} />
      ) : (
        <p class="note bad" role="alert">
          {words.thereHow}
        </p>
      )}
      {config && (
        <>
          <h2>{words.text(nameFor(config.path))}</h2>
          <pre class="wrap" lang="en">
            {config.content}
          </pre>
        </>
      )}
    </>
  );
}
