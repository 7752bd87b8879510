import type { Path } from './problem.js';
import { ACTIONS, type ConditionsFile, type StatusesFile } from './schema-statuses.js';
import { type Defined, withoutUndefined } from './without-undefined.js';

export interface StatusRulesConfig {
  readonly rules: readonly StatusRuleConfig[];
}

interface StatusRuleConfig {
  readonly action: (typeof ACTIONS)[number];
  /** As the owner would recognise it. */
  readonly name: string;
  /** 1-based; absent for a built-in default. */
  readonly line?: number;
  readonly when: Defined<ConditionsFile>;
}

/** Where a shop says nothing; any other status parks. */
const DEFAULT_STATUSES = {
  forward: ['processing', 'completed'],
  ignore: ['cancelled', 'failed', 'checkout-draft'],
} as const;

/** Both forms as one list of rules, of which the first that matches decides. */
export function resolveStatuses(
  statuses: StatusesFile | undefined,
  path: Path,
  lineOf: (path: Path) => number,
): StatusRulesConfig {
  if (statuses === undefined)
    return { rules: shortRules(DEFAULT_STATUSES, (name) => `statuses.${name} (default)`) };
  if (!Array.isArray(statuses)) {
    return {
      rules: shortRules(
        statuses,
        (name) => `statuses.${name}`,
        (action, index) => lineOf([...path, action, index]),
      ),
    };
  }
  return {
    rules: statuses.map(({ name, when, then }, index) => ({
      action: then,
      name: name ?? `statuses rule ${index + 1}: ${conditionsText(when ?? {})}`,
      line: lineOf([...path, index]),
      when: withoutUndefined(when ?? {}),
    })),
  };
}

type ShortForm = Partial<Record<(typeof ACTIONS)[number], readonly string[] | undefined>>;

function shortRules(
  statuses: ShortForm,
  nameOf: (name: string) => string,
  lineOf?: (action: string, index: number) => number,
): StatusRuleConfig[] {
  return ACTIONS.flatMap((action) =>
    (statuses[action] ?? []).map((status, index) => ({
      action,
      name: nameOf(`${action}: ${status}`),
      ...(lineOf ? { line: lineOf(action, index) } : {}),
      when: { status: [status] },
    })),
  );
}

/** `status on-hold, country NL or BE`, for a rule that has no name. */
function conditionsText(when: ConditionsFile): string {
  const parts = Object.entries(withoutUndefined(when)).map(([key, wanted]) => {
    if (Array.isArray(wanted)) return `${key} ${wanted.join(' or ')}`;
    if (typeof wanted === 'object') return `${key} ${Object.keys(wanted).join(' and ')}`;
    return `${key} ${wanted}`;
  });
  return parts.length === 0 ? 'every order' : parts.join(', ');
}
