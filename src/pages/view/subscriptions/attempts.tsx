import type { StoredAttempt } from '../../../store/store.js';
import type { PageContext } from '../../page.js';
import { Layout } from '../layout.js';
import { Done, Pager, StackTable } from '../office/list.js';
import { Told } from '../orders/cells.js';
import { Empty, Facts, Time } from '../parts.js';
import { ActionForm } from './action-form.js';
import { subscriptionPath } from './parts.js';

export const ATTEMPTS_SHOWN = 50;

interface AttemptsProps {
  readonly page: PageContext;
  readonly id: string;
  /** One more than is shown, where there is more. */
  readonly found: readonly StoredAttempt[];
  /** Only those that failed are asked for. */
  readonly isFailed: boolean;
}

/** What was sent to a subscription, newest first. */
export function Attempts({ page, id, found, isFailed }: AttemptsProps) {
  const { common, subscriptions: words } = page.words;
  const path = subscriptionPath(id);
  const shown = found.slice(0, ATTEMPTS_SHOWN);
  const before = found.length > ATTEMPTS_SHOWN ? String(shown.at(-1)?.id) : undefined;
  const tabs = [
    { name: common.all, href: path, isChosen: !isFailed },
    { name: words.failedTab, href: `${path}?show=failed`, isChosen: isFailed },
  ];
  return (
    <>
      <h2 id="attempts">{words.attempts}</h2>
      <nav class="tabs" aria-label={words.attempts}>
        <ul>
          {tabs.map(({ name, href, isChosen }) => (
            <li key={href}>
              <a href={href} aria-current={isChosen ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {shown.length === 0 ? (
        <Empty title={words.noAttempts}>{words.noAttemptsHow}</Empty>
      ) : (
        <AttemptTable page={page} attempts={shown} />
      )}
      <Pager page={page} path={path} query={{ show: isFailed ? 'failed' : '' }} before={before} />
    </>
  );
}

interface TableProps {
  readonly page: PageContext;
  readonly attempts: readonly StoredAttempt[];
}

function AttemptTable({ page, attempts }: TableProps) {
  const { common, office, subscriptions: words } = page.words;
  const heads = [
    { title: common.at },
    { title: words.event },
    { title: words.number, class: 'amount' },
    { title: words.answer, class: 'amount' },
    { title: office.duration, class: 'amount' },
    { title: words.result },
  ];
  return (
    <StackTable heads={heads}>
      {attempts.map((attempt) => (
        <tr key={attempt.id}>
          <td data-label={common.at}>
            <a href={attemptPath(attempt)}>
              <Time page={page} at={attempt.startedAt} />
            </a>
          </td>
          <td data-label={words.event}>
            <code>{attempt.event.type}</code>
          </td>
          <td data-label={words.number} class="amount">
            {attempt.number}
          </td>
          <td data-label={words.answer} class="amount">
            {attempt.status ?? words.noAnswer}
          </td>
          <td data-label={office.duration} class="amount">
            {durationText(attempt)}
          </td>
          <td data-label={words.result}>
            <Result page={page} attempt={attempt} />
          </td>
        </tr>
      ))}
    </StackTable>
  );
}

function attemptPath({ subscriptionId, id }: StoredAttempt): string {
  return `${subscriptionPath(subscriptionId)}/attempts/${id}`;
}

interface AttemptProps {
  readonly page: PageContext;
  readonly attempt: StoredAttempt;
}

function durationText({ durationMs }: StoredAttempt): string {
  return `${durationMs} ms`;
}

function Result({ page, attempt: { error } }: AttemptProps) {
  if (error === null) return <span class="badge good">{page.words.subscriptions.taken}</span>;
  return <Told text={error} />;
}

/** One attempt: what was sent, what came back. */
export function AttemptPage({ page, attempt, isEnabled }: AttemptProps & { isEnabled: boolean }) {
  const { common, office, subscriptions: words } = page.words;
  const { id, event, subscriptionId, status } = attempt;
  const facts = [
    [words.result, <Result key="result" page={page} attempt={attempt} />],
    [words.event, <code key="event">{event.type}</code>],
    ['webhook-id', <code key="id">{event.id}</code>],
    [words.number, attempt.number],
    [common.at, <Time key="at" page={page} at={attempt.startedAt} />],
    [office.duration, durationText(attempt)],
    [words.answer, status ?? words.noAnswer],
  ] as const;
  return (
    <Layout page={page} title={words.attempt(id)}>
      <Done page={page} words={words.done} />
      <Facts facts={facts} />
      <div class="actions spaced">
        {isEnabled && (
          <ActionForm
            page={page}
            id={subscriptionId}
            action="retry"
            event={event.id}
            label={words.actions.retryOne}
          />
        )}
        <a href={subscriptionPath(subscriptionId)}>{words.toSubscription}</a>
      </div>
      <Request page={page} attempt={attempt} />
      {status !== null && <Response page={page} attempt={attempt} />}
    </Layout>
  );
}

function Request({ page, attempt: { url, event, requestHeaders } }: AttemptProps) {
  const words = page.words.subscriptions;
  return (
    <>
      <h2>{words.request}</h2>
      <h3>{words.headers}</h3>
      <p>
        <small>{words.unsigned}</small>
      </p>
      <pre class="wrap">{`POST ${url}\n${headerLines(requestHeaders)}`}</pre>
      <h3>{words.body}</h3>
      <pre class="wrap">{indented(event.body)}</pre>
    </>
  );
}

function Response({ page, attempt: { status, responseHeaders, responseBody } }: AttemptProps) {
  const words = page.words.subscriptions;
  return (
    <>
      <h2>{words.response}</h2>
      <h3>{words.headers}</h3>
      <p>
        <small>{words.begins}</small>
      </p>
      <pre class="wrap">{`${status}\n${headerLines(responseHeaders)}`}</pre>
      <h3>{words.body}</h3>
      {responseBody === '' ? (
        <p>{words.emptyBody}</p>
      ) : (
        <pre class="wrap" dir="auto">
          {responseBody}
        </pre>
      )}
    </>
  );
}

function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** The text that was posted, for people: the bytes that were signed have no blanks. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
