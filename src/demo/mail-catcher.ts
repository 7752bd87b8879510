import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine that takes whatever it is sent, and keeps it in a folder. */
export interface MailCatcher {
  /** `smtp://127.0.0.1:port`. */
  readonly url: string;
  readonly count: () => number;
  close(): Promise<void>;
}

/** Each mail becomes `0001.eml` in the folder, in the order in which they came. */
export async function startMailCatcher(folder: string): Promise<MailCatcher> {
  await mkdir(folder, { recursive: true });
  let count = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, callback) {
      buffer(stream)
        .then(async (mail) => {
          const temporary = join(folder, `.${randomUUID()}`);
          await writeFile(temporary, mail);
          count += 1;
          await rename(temporary, join(folder, `${String(count).padStart(4, '0')}.eml`));
        })
        .then(
          () => callback(),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
  const port = await listening(server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    count: () => count,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function listening(server: SMTPServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const listener = server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      const address: AddressInfo | string | null = listener.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
