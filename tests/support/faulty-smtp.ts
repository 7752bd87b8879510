import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import type { MailServer } from './smtp.js';

/**
 * A step of a mail's way, in order. `content` is the middle of the mail; `answer` what the server says
 * to its end, which it has not seen where it fails at `dot`.
 */
export type SmtpStep =
  | 'greeting'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'content'
  | 'dot'
  | 'answer';

/** What comes instead of the server's answer. A text is sent as it is. */
export type SmtpFault = 'drop' | 'silence' | { readonly says: string };

export interface FaultySmtp {
  readonly url: string;
  /** Resolves once the step was reached. */
  readonly failed: Promise<void>;
  close(): Promise<void>;
}

interface Plan {
  readonly at: SmtpStep;
  readonly with: SmtpFault;
  /** From 1, over all connections; absent: each. */
  readonly nth?: number;
}

/** The way to a mail server, on which a step fails. */
export async function openFaultySmtp(behind: MailServer, plan: Plan): Promise<FaultySmtp> {
  const sockets = new Set<Socket>();
  let met = 0;
  let reached: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const server = createServer((client) => {
    const upstream = dial(behind.port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setEncoding('latin1');
      socket.on('error', () => undefined);
    }
    client.on('close', () => upstream.destroy());
    const isToFail = (step: SmtpStep | undefined): boolean => {
      if (step !== plan.at) return false;
      met += 1;
      if (plan.nth !== undefined && met !== plan.nth) return false;
      reached();
      return true;
    };
    // Ends as the connection does, in the middle of whatever it waits for.
    new Way(client, upstream, plan.with, isToFail).go().catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: behind.url.replace(String(behind.port), String(portOf(server))),
    failed,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One connection, in lockstep: a command is passed on once the one before it was answered. */
class Way {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #commands: AsyncIterator<string>;
  readonly #answers: AsyncIterator<string>;
  readonly #fault: SmtpFault;
  readonly #isToFail: (step: SmtpStep | undefined) => boolean;

  constructor(
    client: Socket,
    upstream: Socket,
    fault: SmtpFault,
    isToFail: (step: SmtpStep | undefined) => boolean,
  ) {
    this.#client = client;
    this.#upstream = upstream;
    this.#commands = linesOf(client);
    this.#answers = linesOf(upstream);
    this.#fault = fault;
    this.#isToFail = isToFail;
  }

  async go(): Promise<never> {
    if (this.#isToFail('greeting')) await this.#failForGood();
    await this.#answer();
    for (;;) {
      const command = await this.#command();
      const isFailing = this.#isToFail(stepOf(command));
      const said = isFailing ? await this.#fail() : await this.#passOn(command);
      if (said.startsWith('354') && !isFailing) await this.#content();
    }
  }

  async #content(): Promise<void> {
    this.#upstream.write(await this.#command());
    if (this.#isToFail('content')) await this.#failForGood();
    for (let line = await this.#command(); line !== '.\r\n'; line = await this.#command()) {
      this.#upstream.write(line);
    }
    if (this.#isToFail('dot')) await this.#failForGood();
    const isFailing = this.#isToFail('answer');
    await this.#passOn('.\r\n', isFailing ? () => undefined : undefined);
    if (isFailing) await this.#fail();
  }

  /** What is said instead of an answer; never comes back where nothing is. */
  async #fail(): Promise<string> {
    if (typeof this.#fault === 'string') return this.#failForGood();
    this.#client.write(this.#fault.says);
    return this.#fault.says;
  }

  /** What follows is never asked for. */
  async #failForGood(): Promise<never> {
    if (this.#fault === 'drop') this.#client.destroy();
    else if (this.#fault !== 'silence') this.#client.write(this.#fault.says);
    return new Promise(() => undefined);
  }

  async #passOn(
    command: string,
    tell = (answer: string): unknown => this.#client.write(answer),
  ): Promise<string> {
    this.#upstream.write(command);
    return this.#answer(tell);
  }

  async #answer(tell = (answer: string): unknown => this.#client.write(answer)): Promise<string> {
    let answer = '';
    for (;;) {
      const line = await next(this.#answers);
      answer += line;
      if (!/^\d{3}-/.test(line)) break;
    }
    tell(answer);
    return answer;
  }

  #command(): Promise<string> {
    return next(this.#commands);
  }
}

function stepOf(command: string): SmtpStep | undefined {
  const verb = command.slice(0, 4).toUpperCase();
  switch (verb) {
    case 'HELO':
    case 'EHLO':
      return 'EHLO';
    case 'STAR':
      return 'STARTTLS';
    case 'AUTH':
    case 'MAIL':
    case 'RCPT':
    case 'DATA':
      return verb;
    default:
      return undefined;
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string, void> {
  let rest = '';
  for await (const chunk of socket) {
    const lines = `${rest}${chunk}`.split(/(?<=\r\n)/);
    rest = lines.at(-1)?.endsWith('\r\n') ? '' : (lines.pop() ?? '');
    yield* lines;
  }
}

async function next(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error('the connection has ended');
  return value;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
