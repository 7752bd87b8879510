import type { PageContext } from '../../page.js';
import {
  answerOf,
  bodySchema,
  curlOf,
  type Entry,
  REFERENCE_PATH,
  rolesFor,
} from '../../reference/reference.js';
import { shapeOf } from '../../reference/schema.js';
import { FieldLine, Fields, schemaId, Told, TypeText } from './schema.js';

interface Props {
  readonly page: PageContext;
  readonly entry: Entry;
}

export const operationId = ({ operation }: Entry): string => `operation-${operation.id}`;

export const mayTry = ({ page, entry: { operation } }: Props): boolean =>
  operation.needs === null || page.may(operation.needs);

/** One operation in the reference. */
export function OperationSheet({ page, entry }: Props) {
  const { operation } = entry;
  const words = page.words.api;
  return (
    <section class="sheet case operation" id={operationId(entry)}>
      <h3>
        <code>{operation.id}</code>
      </h3>
      <CallLine entry={entry} />
      <About page={page} entry={entry} />
      <p class="actions">
        {mayTry({ page, entry }) ? (
          <a
            class="button second"
            href={tryPath(entry)}
            aria-label={`${words.tryIt}: ${operation.id}`}
          >
            {words.tryIt}
          </a>
        ) : (
          <small>{words.mayNot(operation.needs ?? '')}</small>
        )}
      </p>
      <details>
        <summary>
          {[words.parameters, words.answer, words.example].join(' · ')}
          <span class="visually-hidden">: {operation.id}</span>
        </summary>
        <Details page={page} entry={entry} />
      </details>
    </section>
  );
}

export const tryPath = ({ operation }: Pick<Entry, 'operation'>): string =>
  `${REFERENCE_PATH}/${operation.id}`;

/** As `GET /api/v1/orders`. */
export function CallLine({ entry: { operation, path } }: { readonly entry: Entry }) {
  return (
    <p class="break">
      <span class={`badge ${operation.isAction ? 'warn' : 'good'}`}>{operation.method}</span>{' '}
      <code>{path}</code>
    </p>
  );
}

/** What it does, and who may. */
export function About({ page, entry }: Props) {
  const { needs } = entry.operation;
  return (
    <p>
      <span lang="en">
        <Told text={entry.described.summary} />
      </span>{' '}
      {needs !== null && <small>{page.words.api.needs(needs, rolesFor(entry).join(', '))}</small>}
    </p>
  );
}

function Details({ page, entry }: Props) {
  const words = page.words.api;
  const { parameters } = entry.described;
  const body = bodySchema(entry);
  return (
    <>
      {parameters.length > 0 && (
        <>
          <h4>{words.parameters}</h4>
          <ul class="fields" lang="en">
            {parameters.map(({ name, in: where, schema, required, description = '' }) => (
              <li key={name}>
                <FieldLine
                  {...{ page, name, description, shape: shapeOf(schema) }}
                  isRequired={required}
                  where={words.where[where]}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {body !== undefined && (
        <>
          <h4>{words.body}</h4>
          <Fields page={page} fields={shapeOf(body).fields} />
        </>
      )}
      <h4>{words.answer}</h4>
      <Answer page={page} entry={entry} />
      <h4>{words.example}</h4>
      <pre class="wrap">{curlOf(entry)}</pre>
    </>
  );
}

function Answer({ page, entry }: Props) {
  const { mediaType, schema } = answerOf(entry);
  const words = page.words.api;
  return (
    <p>
      {schema === undefined ? (
        words.answerFile(mediaType)
      ) : (
        <>
          <span lang="en">
            <TypeText shape={shapeOf(schema)} />
          </span>
          .
        </>
      )}{' '}
      {words.otherwise} <a href={`#${schemaId('Problem')}`}>Problem</a>.
    </p>
  );
}
