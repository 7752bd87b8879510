import type { PageContext } from '../../page.js';
import type { Answered, Filled } from '../../reference/call.js';
import type { Entry } from '../../reference/reference.js';

interface ResultProps {
  readonly page: PageContext;
  readonly entry: Entry;
  readonly filled: Filled;
  readonly answered: Answered;
}

/** What was asked, and what the API answered. */
export function Result({ page, entry, filled, answered }: ResultProps) {
  const words = page.words.api;
  const { status, headers, body, seconds } = answered;
  const query = filled.query.size === 0 ? '' : `?${filled.query}`;
  const number = new Intl.NumberFormat(page.locale, { maximumFractionDigits: 1 });
  return (
    <section class="sheet case" aria-labelledby="result">
      <h2 id="result">{words.result}</h2>
      <p class="break">
        <code>{`${entry.operation.method} ${filled.path}${query}`}</code>
      </p>
      <p role="status">
        {words.status}{' '}
        <span class={`badge ${status < 400 ? 'good' : 'bad'}`}>{String(status)}</span>{' '}
        <small>{words.duration(number.format(seconds * 1000))}</small>
      </p>
      <h3>{words.headers}</h3>
      <pre class="wrap">
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
      </pre>
      <h3>{words.body}</h3>
      {body.kind === 'text' ? (
        <>
          <pre class="wrap">{body.text}</pre>
          {body.isCut && <p>{words.cut}</p>}
        </>
      ) : (
        <p>{words.noText(number.format(body.bytes), headers['Content-Type'] ?? '')}</p>
      )}
    </section>
  );
}
