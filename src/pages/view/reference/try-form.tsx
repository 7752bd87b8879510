import type { OpenApiParameter } from '../../../api/openapi.js';
import type { PageContext } from '../../page.js';
import { BODY_FIELD, type Filled, fieldName, IDEMPOTENCY_FIELD } from '../../reference/call.js';
import { bodySchema, type Entry } from '../../reference/reference.js';
import { exampleOf, shapeOf } from '../../reference/schema.js';
import { FormToken } from '../layout.js';
import { tryPath } from './operation.js';
import { Told } from './schema.js';

interface TryFormProps {
  readonly page: PageContext;
  readonly entry: Entry;
  readonly filled: Filled;
  /** Nothing was filled in yet. */
  readonly isFirst: boolean;
}

export function TryForm({ page, entry, filled, isFirst }: TryFormProps) {
  const words = page.words.api;
  const { operation, described } = entry;
  const schema = bodySchema(entry);
  const body = isFirst ? JSON.stringify(exampleOf(schema), null, 2) : filled.body;
  return (
    <form class="try" method="post" action={tryPath(entry)}>
      <FormToken page={page} />
      {described.parameters.map((parameter) => (
        <Parameter key={parameter.name} page={page} parameter={parameter} filled={filled} />
      ))}
      {schema !== undefined && (
        <label>
          {words.body}
          <textarea name={BODY_FIELD} spellcheck={false}>
            {body}
          </textarea>
        </label>
      )}
      {operation.isAction && <p>{words.changes}</p>}
      <div class="actions">
        <button type="submit" name="step" value="send">
          {words.send}
        </button>
      </div>
    </form>
  );
}

interface ParameterProps {
  readonly page: PageContext;
  readonly parameter: OpenApiParameter;
  readonly filled: Filled;
}

function Parameter({ page, parameter, filled }: ParameterProps) {
  const { name, in: where, schema, description = '', required } = parameter;
  const shape = shapeOf(schema);
  const field = fieldName(where, name);
  const given = valuesIn(filled, parameter);
  const about = (
    <>
      <code>{name}</code>{' '}
      <small lang="en">
        <Told text={[description, ...shape.limits].filter((text) => text !== '').join(' · ')} />
      </small>
    </>
  );
  if (shape.values.length === 0) {
    return (
      <label>
        {about}
        <input
          name={field}
          value={given[0] ?? ''}
          required={where === 'path' && required}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
    );
  }
  if (shape.type.startsWith('list')) {
    return (
      <fieldset>
        <legend>{about}</legend>
        {shape.values.map((value) => (
          <label key={value} class="choice">
            <input type="checkbox" name={field} value={value} checked={given.includes(value)} />
            {value}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <label>
      {about}
      <select name={field}>
        {!required && <option value="">{page.words.api.any}</option>}
        {shape.values.map((value) => (
          <option key={value} value={value} selected={given.includes(value)}>
            {value}
          </option>
        ))}
      </select>
    </label>
  );
}

function valuesIn(filled: Filled, { name, in: where }: OpenApiParameter): readonly string[] {
  switch (where) {
    case 'path':
      return [filled.params[name] ?? ''];
    case 'query':
      return filled.query.getAll(name);
    case 'header':
      return [filled.idempotencyKey ?? ''];
  }
}

/** What was filled in, to be sent again. */
export function FilledFields({ filled }: { readonly filled: Filled }) {
  const fields = [
    ...Object.entries(filled.params).map(([name, value]) => [fieldName('path', name), value]),
    ...[...filled.query].map(([name, value]) => [fieldName('query', name), value]),
    [IDEMPOTENCY_FIELD, filled.idempotencyKey ?? ''],
    [BODY_FIELD, filled.body],
  ];
  return (
    <>
      {fields.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
