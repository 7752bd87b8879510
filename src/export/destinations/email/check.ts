import { smtpHostOf } from '../../../runtime/smtp.js';
import type { Finding } from '../../destination.js';
import { type Limits, tryOut } from './deliver.js';
import { verdictOf } from './outcome.js';
import type { EmailSettings } from './settings.js';
import { templateProblem } from './template.js';

/** Looks at the templates, and at the server as far as it shows itself without a mail. */
export async function checkEmail(
  settings: EmailSettings,
  limits: Limits,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  return [...templateFindings(settings), await serverFinding(settings, limits, signal)];
}

function templateFindings({ id, subject = '', body = '' }: EmailSettings): readonly Finding[] {
  return Object.entries({ subject, body }).flatMap(([name, template]): readonly Finding[] => {
    const problem = templateProblem(template);
    if (problem === undefined) return [];
    const message = `The ${name} of the books ${id}: ${problem}.`;
    return [{ level: 'warning', message, fix: `Change ${name}, or mails show it as it stands.` }];
  });
}

async function serverFinding(
  { id, smtp }: EmailSettings,
  limits: Limits,
  signal: AbortSignal,
): Promise<Finding> {
  const server = smtpHostOf(smtp);
  const end = await tryOut(smtp, limits, signal);
  if (end.kind === 'open') {
    const login = end.isLoggedIn ? 'takes our login' : 'is given no login';
    return { level: 'ok', message: `${server} answers, and ${login}.` };
  }
  const verdict = verdictOf(end, { books: id, server });
  return {
    level: 'error',
    message: verdict.reason,
    ...('fix' in verdict ? { fix: verdict.fix } : {}),
  };
}
