import type { Readable, Writable } from 'node:stream';
import {
  type CANCEL_SYMBOL,
  confirm,
  isCancel,
  multiselect,
  password,
  select,
  text,
} from '@clack/prompts';

/** Asks the person at the terminal. Each question throws Cancelled where it is left by Ctrl-C. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  /** The same, without showing what is typed. */
  secret(question: Omit<TextQuestion, 'initial'>): Promise<string>;
  confirm(question: { readonly message: string; readonly initial: boolean }): Promise<boolean>;
  choose<Value extends string>(
    question: Choice<Value> & { readonly initial: Value },
  ): Promise<Value>;
  several<Value extends string>(
    question: Choice<Value> & { readonly initial: readonly Value[] },
  ): Promise<readonly Value[]>;
}

interface TextQuestion {
  readonly message: string;
  /** Stands there already, to be taken or changed. */
  readonly initial?: string;
  /** What is wrong with an answer; undefined where it is right. */
  readonly problem?: (answer: string) => string | undefined;
}

export interface Choice<Value extends string> {
  readonly message: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** The person pressed Ctrl-C instead of answering, or a signal came. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Somebody at a terminal. */
export interface Person {
  readonly input: Readable;
  readonly output: Writable & { columns?: number; rows?: number };
}

/** For a terminal that says it has none, as serial consoles and containers do. */
const USUAL_SIZE = { columns: 80, rows: 24 };

/** A question that is open when `signal` aborts counts as left. */
export function createAsker(person: Person, signal: AbortSignal): Asker {
  if (person.output.columns === 0) Object.assign(person.output, USUAL_SIZE);
  const streams = { ...person, signal };
  return {
    text: async ({ message, initial, problem }) =>
      given(
        await text({
          ...streams,
          message,
          ...(initial === undefined ? {} : { initialValue: initial }),
          ...checkedBy(problem),
        }),
      ).trim(),
    secret: async ({ message, problem }) =>
      given(
        await password({ ...streams, message, clearOnError: true, ...checkedBy(problem) }),
      ).trim(),
    confirm: async ({ message, initial }) =>
      given(await confirm({ ...streams, message, initialValue: initial })),
    choose: async ({ message, options, initial }) =>
      optionIn(
        options,
        given(
          await select<string>({
            ...streams,
            message,
            options: [...options],
            initialValue: initial,
          }),
        ),
      ),
    several: async ({ message, options, initial }) => {
      const chosen = given(
        await multiselect<string>({
          ...streams,
          message,
          options: [...options],
          initialValues: [...initial],
          required: true,
        }),
      );
      return chosen.map((value) => optionIn(options, value));
    },
  };
}

function checkedBy(problem: TextQuestion['problem']) {
  if (!problem) return {};
  return { validate: (value: string | undefined) => problem((value ?? '').trim()) };
}

function given<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (isCancel(answer)) throw new Cancelled('stopped by Ctrl-C');
  return answer;
}

function optionIn<Value extends string>(options: Choice<Value>['options'], value: string): Value {
  const found = options.find((option) => option.value === value);
  if (!found) throw new RangeError(`${value} was not among the options`);
  return found.value;
}
