import type { Asked, Reply, Route } from '../../server/route.js';
import { type PageContext, pageContext } from '../page.js';
import type { SetupDeps } from '../setup/deps.js';
import { reached, type Trouble } from '../setup/draft.js';
import { createFlow, type Flow } from '../setup/flow.js';
import {
  type Problems,
  type Read,
  readBooks,
  readCompany,
  readKeys,
  readRules,
  readShop,
} from '../setup/forms.js';
import {
  booksValues,
  companyValues,
  proposalsOf,
  rulesValues,
  shopValues,
} from '../setup/initial.js';
import {
  APPROVE_PATH,
  APPROVED_PATH,
  END_PATH,
  pathOf,
  REGISTER_PATH,
  STEPS,
  type Step,
  WRITE_PATH,
} from '../setup/steps.js';
import { html } from '../view/html.js';
import { Layout } from '../view/layout.js';
import { BooksStep } from '../view/setup/books.js';
import { CompanyStep } from '../view/setup/company.js';
import { DoneStep, EndedPage } from '../view/setup/done.js';
import { KeysStep } from '../view/setup/keys.js';
import { ReviewStep } from '../view/setup/review.js';
import { RulesStep } from '../view/setup/rules.js';
import { ShopStep, type Shown } from '../view/setup/shop.js';
import { ASSET_ROUTES } from './assets.js';
import { LANGUAGE_ROUTE } from './login.js';

export interface SetupPages {
  readonly routes: readonly Route[];
  readonly refusal: (asked: Asked, status: number) => Reply;
  close(): Promise<void>;
}

/** The pages of the first config: the steps of `init`, as forms. */
export function createSetupPages(deps: SetupDeps): SetupPages {
  const flow = createFlow(deps);
  const alone = oneAtATime();
  const get = (step: Step): Route => ({
    method: 'GET',
    path: pathOf(step),
    needs: 'configure',
    handle: (asked) => (mayShow(step, flow) ? show(step, { asked, flow, deps }) : onwards(flow)),
  });
  const post = (path: string, step: Step, act: (at: At) => Promise<Reply> | Reply): Route => ({
    method: 'POST',
    path,
    needs: 'configure',
    handle: (asked) =>
      alone(async () => (mayShow(step, flow) ? act({ asked, flow, deps }) : onwards(flow))),
  });
  return {
    routes: [
      ...ASSET_ROUTES,
      LANGUAGE_ROUTE,
      { method: 'GET', path: '/', needs: 'configure', handle: () => onwards(flow) },
      ...STEPS.map(get),
      post(pathOf('shop'), 'shop', answerShop),
      post(pathOf('keys'), 'keys', answerKeys),
      post(APPROVE_PATH, 'keys', approve),
      post(APPROVED_PATH, 'keys', approved),
      post(pathOf('company'), 'company', answerCompany),
      post(pathOf('rules'), 'rules', answerRules),
      post(pathOf('books'), 'books', answerBooks),
      post(WRITE_PATH, 'review', write),
      post(REGISTER_PATH, 'done', register),
      post(END_PATH, 'done', end),
    ],
    refusal: (asked, status) => html(<Refusal page={pageContext(asked, ZONE)} />, status),
    close: () => flow.close(),
  };
}

/** No time is shown on these pages. */
const ZONE = 'UTC';

/** What the answer to a form works with. */
interface At {
  readonly asked: Asked;
  readonly flow: Flow;
  readonly deps: SetupDeps;
}

/** Two forms that are sent at once are answered one after the other. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <Value,>(work: () => Promise<Value>): Promise<Value> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

/** Steps up to the first open one; once it is written, only that. */
function mayShow(step: Step, { draft }: Flow): boolean {
  const open = reached(draft);
  return open === 'done' ? step === 'done' : STEPS.indexOf(step) <= STEPS.indexOf(open);
}

function onwards({ draft }: Flow): Reply {
  return { kind: 'redirect', to: pathOf(reached(draft)) };
}

function show(step: Step, at: At, more: Partial<Shown> & { isLookedFor?: boolean } = {}): Reply {
  const { flow, asked } = at;
  const { draft } = flow;
  const { problems = {}, trouble, isLookedFor = false } = more;
  const shown = { values: more.values ?? valuesOf(step, at), problems, trouble };
  const props = { page: pageContext(asked, ZONE), reached: reached(draft), shown };
  const status = Object.keys(problems).length > 0 || trouble !== undefined ? 422 : 200;
  switch (step) {
    case 'shop':
      return html(<ShopStep {...props} />, status);
    case 'keys': {
      if (!draft.shop) return onwards(flow);
      const waits = { shop: draft.shop, pending: flow.pending, isLookedFor };
      return html(<KeysStep {...props} {...waits} />, status);
    }
    case 'company':
      if (!draft.keys) return onwards(flow);
      return html(<CompanyStep {...props} told={draft.keys} />, status);
    case 'rules':
      return html(<RulesStep {...props} {...proposalsOf(draft)} />, status);
    case 'books':
      return html(<BooksStep {...props} hasSmtp={draft.books?.smtp !== undefined} />, status);
    case 'review':
      return showReview(at, props.page, trouble);
    case 'done':
      return showDone(at, props.page);
  }
}

function valuesOf(step: Step, { flow: { draft }, deps }: At): URLSearchParams {
  switch (step) {
    case 'shop':
      return shopValues(draft, deps.given);
    case 'company':
      return companyValues(draft, deps.given, deps.nowMs());
    case 'rules':
      return rulesValues(draft);
    case 'books':
      return booksValues(draft, deps.given);
    case 'keys':
    case 'review':
    case 'done':
      return new URLSearchParams();
  }
}

function showReview({ flow, deps }: At, page: PageContext, trouble?: Trouble): Reply {
  const planned = flow.plan();
  if (!planned) return onwards(flow);
  const { mayReplace, nameFor } = deps;
  const status = trouble === undefined ? 200 : 422;
  return html(<ReviewStep {...{ page, planned, mayReplace, nameFor, trouble }} />, status);
}

function showDone({ flow, deps }: At, page: PageContext): Reply {
  const { written, keys } = flow.draft;
  if (!written) return onwards(flow);
  const canRegister = keys?.webhook?.register === true;
  return html(<DoneStep {...{ page, written, canRegister }} file={deps.nameFor(deps.path)} />);
}

/** What was typed stays in the form, but for secrets, which are never sent back. */
function again(step: Step, at: At, problems: Problems): Reply {
  return show(step, at, { values: at.asked.form, problems });
}

function signalOf({ asked, deps }: At): AbortSignal {
  return AbortSignal.any([asked.signal, deps.signal]);
}

async function answerShop(at: At): Promise<Reply> {
  const read = readShop(at.asked.form);
  if (!read.ok) return again('shop', at, read.problems);
  const trouble = await at.flow.find(read.value, signalOf(at));
  if (trouble) return show('shop', at, { values: at.asked.form, trouble });
  return onwards(at.flow);
}

async function answerKeys(at: At): Promise<Reply> {
  const read = readKeys(at.asked.form);
  if (!read.ok) return again('keys', at, read.problems);
  return connect(at, read.value);
}

async function connect(at: At, grant: Parameters<Flow['connect']>[0]): Promise<Reply> {
  const trouble = await at.flow.connect(grant, signalOf(at));
  return trouble ? show('keys', at, { trouble }) : onwards(at.flow);
}

async function approve(at: At): Promise<Reply> {
  const trouble = await at.flow.ask();
  return trouble ? show('keys', at, { trouble }) : { kind: 'redirect', to: pathOf('keys') };
}

async function approved(at: At): Promise<Reply> {
  const state = at.flow.pending?.state();
  if (state?.kind === 'granted') return connect(at, state.grant);
  return show('keys', at, { isLookedFor: true });
}

/** Puts in what was read, or shows the form again with what is wrong. */
function take<Value>(step: Step, at: At, read: Read<Value>, put: (value: Value) => void): Reply {
  if (!read.ok) return again(step, at, read.problems);
  put(read.value);
  return onwards(at.flow);
}

function answerCompany(at: At): Reply {
  const { flow, asked } = at;
  return take('company', at, readCompany(asked.form), (company) => {
    const { rules, ...draft } = flow.draft;
    // Which rates are proposed follows from the country.
    const isSame = draft.company?.seller.country === company.seller.country;
    flow.put({ ...draft, company, ...(isSame && rules && { rules }) });
  });
}

function answerRules(at: At): Reply {
  const { flow, asked } = at;
  const { statuses, vat } = proposalsOf(flow.draft);
  return take('rules', at, readRules(asked.form, statuses, vat), (rules) =>
    flow.put({ ...flow.draft, rules }),
  );
}

function answerBooks(at: At): Reply {
  const { flow, asked, deps } = at;
  const read = readBooks(asked.form, deps.folder, flow.draft.books?.smtp);
  return take('books', at, read, (books) => flow.put({ ...flow.draft, books }));
}

async function write(at: At): Promise<Reply> {
  const trouble = await at.flow.write();
  return trouble ? show('review', at, { trouble }) : onwards(at.flow);
}

async function register(at: At): Promise<Reply> {
  await at.flow.register();
  return onwards(at.flow);
}

function end({ asked, deps }: At): Reply {
  deps.end();
  return html(<EndedPage page={pageContext(asked, ZONE)} />);
}

function Refusal({ page }: { readonly page: PageContext }) {
  const { setup, refused } = page.words;
  return (
    <Layout page={page} title={refused.title} isAlone>
      <p>{setup.refused}</p>
      <p>
        <a href="/">{setup.refusedHow}</a>
      </p>
    </Layout>
  );
}
