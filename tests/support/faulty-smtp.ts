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

/** The way to a mail server, on which one step fails: the `nth` (from 1) of its kind, or each. */
export async function openFaultySmtp(
  behind: MailServer,
  fault: { readonly at: SmtpStep; readonly with: SmtpFault; readonly nth?: number },
): Promise<FaultySmtp> {
  const sockets = new Set<Socket>();
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
    const way = new Way(client, upstream, fault, reached);
    way
      .go()
      .catch(() => undefined)
      .then(() => upstream.destroy());
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
  readonly #fault: Parameters<typeof openFaultySmtp>[1];
  readonly #reached: () => void;
  #met = 0;

  constructor(
    client: Socket,
    upstream: Socket,
    fault: Parameters<typeof openFaultySmtp>[1],
    reached: () => void,
  ) {
    this.#reached = reached;
    this.#client = client;
    this.#upstream = upstream;
    this.#commands = linesOf(client);
    this.#answers = linesOf(upstream);
    this.#fault = fault;
  }

  async go(): Promise<void> {
    await this.#step('greeting', () => this.#answer());
    for (;;) {
      const command = await this.#command();
      const said = await this.#step(stepOf(command), () => this.#passOn(command));
      if (said.startsWith('354')) await this.#content();
    }
  }

  async #content(): Promise<void> {
    const first = await this.#command();
    this.#upstream.write(first);
    if (this.#fault.at === 'content') await this.#fail();
    for (let line = await this.#command(); line !== '.\r\n'; line = await this.#command()) {
      this.#upstream.write(line);
    }
    if (this.#fault.at === 'dot') await this.#fail();
    const answer = await this.#passOn('.\r\n', () => undefined);
    await this.#step('answer', async () => {
      this.#client.write(answer);
      return answer;
    });
  }

  /** Never comes back: what follows is never asked for. */
  async #fail(): Promise<never> {
    const { with: fault } = this.#fault;
    this.#reached();
    if (fault === 'drop') this.#client.destroy();
    else if (fault !== 'silence') this.#client.write(fault.says);
    return new Promise(() => undefined);
  }

  async #step(step: SmtpStep | undefined, otherwise: () => Promise<string>): Promise<string> {
    const { at, with: fault, nth } = this.#fault;
    if (step !== at) return otherwise();
    this.#met += 1;
    if (nth !== undefined && this.#met !== nth) return otherwise();
    if (typeof fault === 'string') return this.#fail();
    this.#client.write(fault.says);
    return '';
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
