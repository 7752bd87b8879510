/** A schema of the OpenAPI document, as a reader wants it. Its words are English, as the document's are. */
export interface Shape {
  /** As `string (date)`, `list of Order` or `integer or null`. */
  readonly type: string;
  /** The named schema that stands in `type`. */
  readonly ref?: string;
  /** Where it is one of these. */
  readonly values: readonly string[];
  /** As `1 to 500` or `50 unless given`. */
  readonly limits: readonly string[];
  /** Of an object, of each of a list of objects, or of each value of a map. */
  readonly fields: readonly Field[];
}

export interface Field extends Shape {
  readonly name: string;
  readonly isRequired: boolean;
  readonly description: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** Reads JSON Schema as zod writes it; what is in none of those forms is `anything`. */
export function shapeOf(given: unknown): Shape {
  const schema = recordOf(given);
  const { $ref, anyOf, items, additionalProperties: value, properties } = schema;
  if (typeof $ref === 'string') return named($ref);
  if (Array.isArray(anyOf)) return oneOf(anyOf.map(recordOf));
  if (items !== undefined) return within('list of', shapeOf(items));
  if (typeof value === 'object' && properties === undefined) {
    return within('map to', shapeOf(value));
  }
  return {
    type: typeText(schema),
    values: valuesOf(schema),
    limits: limitsOf(schema),
    fields: fieldsOf(schema),
  };
}

/** Of an object, in the order of the document. */
function fieldsOf({ properties, required }: Schema): readonly Field[] {
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(recordOf(properties)).map(([name, field]) => ({
    ...{ name, ...shapeOf(field), isRequired: needed.includes(name) },
    description: textOf(recordOf(field)['description']),
  }));
}

/** A value of this form, to begin with. */
export function exampleOf(given: unknown): unknown {
  const schema = recordOf(given);
  const { anyOf, items, format, default: usual } = schema;
  const [first] = valuesOf(schema);
  if (usual !== undefined) return usual;
  if (first !== undefined) return first;
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0]);
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        Object.entries(recordOf(schema['properties'])).map(([name, field]) => [
          name,
          exampleOf(field),
        ]),
      );
    case 'array':
      return [exampleOf(items)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return TEXTS[textOf(format)] ?? '…';
  }
}

const TEXTS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00.000Z',
  uri: 'https://example.com/hook',
};

function named(ref: string): Shape {
  const name = ref.split('/').at(-1) ?? '';
  return { type: name, ref: name, values: [], limits: [], fields: [] };
}

function within(what: string, shape: Shape): Shape {
  return { ...shape, type: `${what} ${shape.type}` };
}

function oneOf(options: readonly Schema[]): Shape {
  const shapes = options.filter(({ type }) => type !== 'null').map(shapeOf);
  const type = options.map((each) => shapeOf(each).type).join(' or ');
  const [only] = shapes;
  return only !== undefined && shapes.length === 1
    ? { ...only, type }
    : { type, values: [], limits: [], fields: shapes.flatMap(({ fields }) => fields) };
}

function typeText({ type, format, const: constant }: Schema): string {
  if (constant !== undefined) return JSON.stringify(constant);
  const text = Array.isArray(type) ? type.join(' or ') : textOf(type) || 'anything';
  return format === undefined ? text : `${text} (${textOf(format)})`;
}

function valuesOf({ enum: values }: Schema): readonly string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/** Bounds that only say what a safe integer is are none. */
function limitsOf(schema: Schema): readonly string[] {
  const { minimum, maximum, minLength, maxLength, default: usual } = schema;
  const isBound = (bound: unknown): bound is number =>
    typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  const between = (least: unknown, most: unknown, unit: string) => {
    if (isBound(least) && isBound(most)) return [`${least} to ${most}${unit}`];
    if (isBound(least)) return [`${least}${unit} or more`];
    return isBound(most) ? [`at most ${most}${unit}`] : [];
  };
  return [
    ...between(minimum, maximum, ''),
    ...between(minLength, maxLength, ' characters'),
    ...(usual === undefined ? [] : [`${JSON.stringify(usual)} unless given`]),
  ];
}

function recordOf(value: unknown): Schema {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value)) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
