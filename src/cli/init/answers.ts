import { ANSWER_PROBLEMS, type AnswerProblem } from '../../setup/answers.js';
import type { Asker, Choice } from '../asker.js';
import { CommandError } from '../context.js';
import { EXIT } from '../exit-codes.js';

interface Wish {
  /** The option that answers it, as `--url <address>`. */
  readonly option: string;
  /** What the option said, if it was given. */
  readonly given: string | undefined;
  readonly message: string;
}

interface TextWish extends Wish {
  /** What is proposed. */
  readonly initial?: string | undefined;
  /** What is wrong with an answer; undefined where it is right. */
  readonly problem?: (answer: string) => string | undefined;
}

interface ChoiceWish<Value extends string> extends Wish, Choice<Value> {
  readonly initial: readonly Value[];
}

/**
 * Each answer from the option that gives it, else from the person at the terminal; with `--yes` what is
 * proposed is taken unasked. Throws CommandError where there is nobody to ask, and for an option that
 * cannot be used.
 */
export interface Answers {
  /** Whether a wrong answer can be followed by another one. */
  readonly canAsk: boolean;
  text(wish: TextWish): Promise<string>;
  /** The same, without showing it. */
  secret(wish: Omit<TextWish, 'initial'>): Promise<string>;
  confirm(wish: Omit<Wish, 'given'> & { readonly initial: boolean }): Promise<boolean>;
  choose<Value extends string>(wish: ChoiceWish<Value>): Promise<Value>;
  several<Value extends string>(wish: ChoiceWish<Value>): Promise<readonly Value[]>;
}

export function createAnswers(asker: Asker | undefined, takesProposals: boolean): Answers {
  const ask = ({ option, message }: Omit<Wish, 'given'>, hasProposal: boolean): Asker => {
    if (asker) return asker;
    throw new CommandError(
      EXIT.usage,
      `Not answered, and nobody is at a terminal to be asked: ${message}`,
      `Give it with ${option}${hasProposal ? ', or take every proposal with --yes' : ''}.`,
    );
  };
  return {
    canAsk: asker !== undefined,
    async text(wish) {
      const { given, initial, message, problem } = wish;
      if (given !== undefined) return usable(wish, given, problem?.(given));
      if (takesProposals && initial !== undefined) return initial;
      const question = { message, ...(problem ? { problem } : {}) };
      const hasProposal = initial !== undefined;
      return ask(wish, hasProposal).text(hasProposal ? { ...question, initial } : question);
    },
    async secret(wish) {
      const { given, message, problem } = wish;
      if (given !== undefined) return usable(wish, given, problem?.(given));
      return ask(wish, false).secret({ message, ...(problem ? { problem } : {}) });
    },
    async confirm(wish) {
      if (takesProposals) return wish.initial;
      return ask(wish, true).confirm(wish);
    },
    async choose(wish) {
      const [initial] = wish.initial;
      if (initial === undefined) throw new RangeError(`nothing is proposed: ${wish.message}`);
      if (wish.given !== undefined) return among(wish, wish.given);
      if (takesProposals) return initial;
      return ask(wish, true).choose({ ...wish, initial });
    },
    async several(wish) {
      if (wish.given !== undefined) {
        return wish.given.split(',').map((value) => among(wish, value.trim()));
      }
      if (takesProposals) return wish.initial;
      return ask(wish, true).several(wish);
    },
  };
}

function usable({ option }: Wish, given: string, problem: string | undefined): string {
  if (problem === undefined) return given;
  throw new CommandError(EXIT.usage, `${nameOf(option)}: ${problem}.`);
}

function among<Value extends string>({ option, options }: ChoiceWish<Value>, given: string): Value {
  const found = options.find(({ value }) => value === given);
  if (found) return found.value;
  const known = options.map(({ value }) => value).join(', ');
  throw new CommandError(EXIT.usage, `${nameOf(option)}: "${given}" is none of ${known}.`);
}

/** A check of an answer, as a question has it: what is wrong, in words. */
export function inWords(
  problemOf: (answer: string) => AnswerProblem | undefined,
): (answer: string) => string | undefined {
  return (answer) => {
    const problem = problemOf(answer);
    return problem && ANSWER_PROBLEMS[problem];
  };
}

/** `--url <address>` as `--url`. */
function nameOf(option: string): string {
  return option.split(' ')[0] ?? option;
}
