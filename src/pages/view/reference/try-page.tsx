import type { PageContext } from '../../page.js';
import type { Answered, Filled } from '../../reference/call.js';
import { type Entry, REFERENCE_PATH } from '../../reference/reference.js';
import { FormToken, Layout } from '../layout.js';
import { About, CallLine, mayTry, operationId, tryPath } from './operation.js';
import { Result } from './result.js';
import { FilledFields, TryForm } from './try-form.js';

/** How far a call came. */
export type Progress =
  | { readonly kind: 'blank' }
  | { readonly kind: 'change' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'answered'; readonly answered: Answered };

interface TryProps {
  readonly page: PageContext;
  readonly entry: Entry;
  readonly filled: Filled;
  readonly progress: Progress;
}

/** One operation with the form that calls it, and what came of it. */
export function TryPage({ page, entry, filled, progress }: TryProps) {
  const words = page.words.api;
  const { id, needs } = entry.operation;
  return (
    <Layout page={page} title={words.tryTitle(id)} lead={words.tryLead} isStill>
      <CallLine entry={entry} />
      <About page={page} entry={entry} />
      {progress.kind === 'answered' && (
        <Result {...{ page, entry, filled, answered: progress.answered }} />
      )}
      {progress.kind === 'incomplete' && (
        <p class="note bad" role="alert">
          {words.missing(filled.missing.join(', '))}
        </p>
      )}
      {mayTry({ page, entry }) ? (
        <TryForm {...{ page, entry, filled }} isFirst={progress.kind === 'blank'} />
      ) : (
        <p class="note">{words.mayNot(needs ?? '')}</p>
      )}
      <p>
        <a href={`${REFERENCE_PATH}#${operationId(entry)}`}>{words.back}</a>
      </p>
    </Layout>
  );
}

/** Names the call, before it is made. */
export function ConfirmCall({ page, entry, filled }: Omit<TryProps, 'progress'>) {
  const words = page.words.api;
  const { operation, described } = entry;
  const { principal } = page.asked;
  return (
    <Layout page={page} title={words.confirmTitle(operation.id)} isStill>
      <p lang="en">{described.summary}</p>
      <pre class="wrap">
        {`${operation.method} ${filled.path}${filled.body === '' ? '' : `\n\n${filled.body}`}`}
      </pre>
      {principal && <p>{words.confirmLead(principal.name, principal.role)}</p>}
      <form method="post" action={tryPath(entry)}>
        <FormToken page={page} />
        <FilledFields filled={filled} />
        <div class="actions">
          <button type="submit" name="step" value="confirmed">
            {words.confirmSend}
          </button>
          <button type="submit" class="second" name="step" value="change">
            {words.change}
          </button>
        </div>
      </form>
    </Layout>
  );
}
