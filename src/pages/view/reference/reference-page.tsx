import type { PageContext } from '../../page.js';
import { REFERENCE_PATH, type Reference } from '../../reference/reference.js';
import { shapeOf } from '../../reference/schema.js';
import { Layout } from '../layout.js';
import { OperationSheet, operationId } from './operation.js';
import { Fields, schemaId, Told } from './schema.js';

export const DOCUMENT_PATH = `${REFERENCE_PATH}/openapi.json`;

interface Props {
  readonly page: PageContext;
  readonly reference: Reference;
}

/** The whole API on one page: contents, operations by tag, schemas. */
export function ReferencePage({ page, reference }: Props) {
  const words = page.words.api;
  return (
    <Layout page={page} title={words.title} lead={words.lead} isStill>
      <p lang="en">
        <Told text={reference.about} />
      </p>
      <p>
        <a href={DOCUMENT_PATH}>{words.document}</a>
      </p>
      <Contents page={page} reference={reference} />
      {reference.groups.map(({ tag, entries }) => (
        <section key={tag}>
          <h2 id={tagId(tag)} lang="en">
            {tag}
          </h2>
          <div class="cases">
            {entries.map((entry) => (
              <OperationSheet key={entry.operation.id} page={page} entry={entry} />
            ))}
          </div>
        </section>
      ))}
      <h2 id="schemas">{words.schemas}</h2>
      <p>{words.schemasLead}</p>
      <div class="cases">
        {reference.schemas.map(([name, schema]) => (
          <section key={name} class="sheet case" id={schemaId(name)}>
            <h3>
              <code>{name}</code>
            </h3>
            <Fields page={page} fields={shapeOf(schema).fields} />
          </section>
        ))}
      </div>
    </Layout>
  );
}

const tagId = (tag: string): string => `tag-${tag}`;

function Contents({ page, reference }: Props) {
  const words = page.words.api;
  return (
    <nav class="sheet contents" aria-label={words.contents}>
      {reference.groups.map(({ tag, entries }) => (
        <div key={tag} lang="en">
          <a class="strong" href={`#${tagId(tag)}`}>
            {tag}
          </a>
          <ul>
            {entries.map((entry) => (
              <li key={entry.operation.id}>
                <a href={`#${operationId(entry)}`}>{entry.operation.id}</a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div class="all">
        <a class="strong" href="#schemas">
          {words.schemas}
        </a>
        <ul lang="en">
          {reference.schemas.map(([name]) => (
            <li key={name}>
              <a href={`#${schemaId(name)}`}>{name}</a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
