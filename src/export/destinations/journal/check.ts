import type { Finding } from '../../destination.js';
import { checkFolder } from '../../folder/check-folder.js';
import { accountProblems, type ResolvedAccounts } from './accounts.js';
import type { JournalFolder } from './folder.js';
import type { JournalSettings } from './settings.js';

export async function checkJournal(
  settings: JournalSettings,
  accounts: ResolvedAccounts,
  folder: JournalFolder,
): Promise<readonly Finding[]> {
  const wrongNames = accountProblems(settings.flavour, accounts).map(
    (problem): Finding => ({
      level: 'error',
      message: `Accounts of the books ${settings.id}: ${problem}.`,
      fix: `Change it under "accounts" of the books ${settings.id}.`,
    }),
  );
  const findings = await checkFolder(
    settings.folder,
    { name: 'Journal folder', reader: settings.flavour },
    () => folder.conflict(),
  );
  return [...wrongNames, ...findings];
}
