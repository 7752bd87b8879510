import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface MailServer {
  /** `smtp://…`, with a user and a password where it asks for them. */
  readonly url: string;
  readonly port: number;
  /** What was taken over, as it came. */
  readonly mails: readonly ReceivedMail[];
  close(): Promise<void>;
}

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly text: string;
  readonly raw: Buffer;
}

export interface MailServerOptions extends SMTPServerOptions {
  /** Called before each mail is taken over; what it throws refuses the mail. */
  readonly beforeTaking?: () => Promise<void> | void;
  /** Called once a mail is taken over, before that is said. */
  readonly afterTaking?: () => Promise<void> | void;
  readonly user?: string;
}

export const SMTP_PASSWORD = 'p@ss-word-9';

/** Who the mail says it is, without angle brackets. */
export function messageIdOf({ text }: ReceivedMail): string {
  return /^Message-ID: <([^>]+)>/im.exec(text)?.[1] ?? '';
}

/** A real SMTP server on this machine. */
export async function openMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { beforeTaking, afterTaking, user, ...more } = options;
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth(auth, _session, done) {
      if (auth.username === user && auth.password === SMTP_PASSWORD) done(null, { user });
      else done(new Error(`wrong password ${auth.password}`));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const taken = async () => {
          await beforeTaking?.();
          const to = session.envelope.rcptTo.map(({ address }) => address);
          const raw = Buffer.concat(chunks);
          mails.push({ to, raw, text: raw.toString('utf8') });
          await afterTaking?.();
        };
        taken().then(() => done(), done);
      });
    },
    ...more,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const login = user === undefined ? '' : `${user}:${encodeURIComponent(SMTP_PASSWORD)}@`;
  const scheme = more.secure ? 'smtps' : 'smtp';
  return {
    url: `${scheme}://${login}127.0.0.1:${port}`,
    port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
