import type { PageContext } from '../../page.js';
import type { Field, Shape } from '../../reference/schema.js';

export const schemaId = (name: string): string => `schema-${name}`;

interface FieldsProps {
  readonly page: PageContext;
  readonly fields: readonly Field[];
}

/** The fields of an object, each with its own. */
export function Fields({ page, fields }: FieldsProps) {
  if (fields.length === 0) return null;
  return (
    <ul class="fields" lang="en">
      {fields.map((field) => (
        <li key={field.name}>
          <FieldLine
            page={page}
            name={field.name}
            shape={field}
            isRequired={field.isRequired}
            description={field.description}
          />
          <Fields page={page} fields={field.fields} />
        </li>
      ))}
    </ul>
  );
}

interface FieldLineProps {
  readonly page: PageContext;
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
  readonly description: string;
  /** Where a parameter goes. */
  readonly where?: string;
}

export function FieldLine(props: FieldLineProps) {
  const { page, name, shape, isRequired, description, where } = props;
  const { language, words } = page;
  return (
    <>
      <code class="strong">{name}</code> <TypeText shape={shape} />
      {(where !== undefined || isRequired) && (
        <small lang={language}>
          {' · '}
          {[where, isRequired && words.api.required].filter(Boolean).join(', ')}
        </small>
      )}
      {shape.limits.length > 0 && <small> · {shape.limits.join(', ')}</small>}
      {description !== '' && (
        <span class="told">
          <Told text={description} />
        </span>
      )}
      {shape.values.length > 0 && (
        <small class="told">
          <span lang={language}>{words.api.oneOf}</span>{' '}
          {shape.values.map((value, index) => (
            <>
              {index > 0 && ', '}
              <code>{value}</code>
            </>
          ))}
        </small>
      )}
    </>
  );
}

/** Its type; a schema with a name leads there. */
export function TypeText({ shape: { type, ref } }: { readonly shape: Shape }) {
  if (ref === undefined) return <span class="quiet-text">{type}</span>;
  const [before = '', after = ''] = type.split(ref);
  return (
    <span class="quiet-text">
      {before}
      <a href={`#${schemaId(ref)}`}>{ref}</a>
      {after}
    </span>
  );
}

/** Text of the document, with what stands between backticks as code. */
export function Told({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code>{part}</code>))}</>
  );
}
