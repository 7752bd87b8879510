import { connect, type Socket } from 'node:net';

export interface LoadOptions {
  /** Of the server, `http://127.0.0.1:…`. */
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** The bytes of the next request. */
  readonly next: () => Buffer;
  /** Requests of all connections together; absent: each sends its next at once after an answer. */
  readonly perSecond?: number;
}

export interface LoadResult {
  /** Answered 2xx; any other answer makes the load fail. */
  readonly answered: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Loads a server over keep-alive connections; what is under way at the end is waited for. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { connections, seconds, perSecond } = options;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const latenciesMs: number[] = [];
  const everyMs = perSecond === undefined ? 0 : (connections * 1000) / perSecond;
  const clients = Array.from({ length: connections }, (_, index) =>
    oneClient(options, {
      // Spread evenly, so that a constant load has no beat.
      firstAt: startedAt + (index * everyMs) / connections,
      everyMs,
      endsAt,
      onAnswer: (latencyMs) => latenciesMs.push(latencyMs),
    }),
  );
  await Promise.all(clients);
  const answered = latenciesMs.length;
  const tookMs = performance.now() - startedAt;
  return { answered, perSecond: (answered * 1000) / tookMs, latenciesMs };
}

interface Pace {
  readonly firstAt: number;
  /** 0: no pause. */
  readonly everyMs: number;
  readonly endsAt: number;
  readonly onAnswer: (latencyMs: number) => void;
}

function oneClient({ url, next }: LoadOptions, pace: Pace): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let dueAt = pace.firstAt;
    let sentAt = 0;
    let isOver = false;
    const send = () => {
      sentAt = performance.now();
      if (sentAt >= pace.endsAt) {
        isOver = true;
        socket.end();
        return;
      }
      socket.write(next());
    };
    const sendInTime = () => {
      const pauseMs = pace.everyMs === 0 ? 0 : dueAt - performance.now();
      dueAt += pace.everyMs;
      if (pauseMs <= 0) send();
      else setTimeout(send, pauseMs);
    };
    onAnswers(socket, (status) => {
      if (status < 200 || status > 299) {
        socket.destroy(new Error(`a delivery was answered ${status}`));
        return;
      }
      pace.onAnswer(performance.now() - sentAt);
      sendInTime();
    });
    socket.once('connect', sendInTime);
    socket.once('error', reject);
    socket.once('close', () =>
      isOver ? resolve() : reject(new Error('the server closed a connection')),
    );
  });
}

/** Only as much of HTTP as a server's answers to one request at a time need. */
function onAnswers(socket: Socket, onAnswer: (status: number) => void): void {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    const headEnd = text.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < headEnd + 4 + length) return;
    const status = Number(text.slice(9, 12));
    text = '';
    onAnswer(status);
  });
}
