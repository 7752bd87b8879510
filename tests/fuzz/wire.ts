import { connect, type Socket } from 'node:net';
import type { FuzzRequest } from './deliveries.js';

/** One keep-alive connection that sends what it is given, byte for byte, one after the other. */
export interface Wire {
  /** The status and text of the answer; status 0 where the other side closed without one. */
  send(request: FuzzRequest): Promise<{ status: number; text: string }>;
  close(): void;
}

export function openWire(url: string): Wire {
  const { hostname, port } = new URL(url);
  let socket: Socket | undefined;
  let received = '';
  let waiting: ((answer: { status: number; text: string }) => void) | undefined;

  const settle = (answer: { status: number; text: string }) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(answer);
  };

  const onData = (chunk: string) => {
    received += chunk;
    for (;;) {
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const status = Number(received.slice(9, 12));
      // `Expect: 100-continue` is answered so before the answer itself.
      if (status === 100) {
        received = received.slice(head + 4);
        continue;
      }
      const answer = bodyOf(received.slice(0, head), received.slice(head + 4));
      if (answer === undefined) return;
      const closes = /connection: close/i.test(received.slice(0, head));
      received = received.slice(head + 4 + answer.length);
      if (closes) drop();
      return settle({ status, text: answer.text });
    }
  };

  const drop = () => {
    socket?.destroy();
    socket = undefined;
    received = '';
  };

  const opened = (): Socket => {
    if (socket && !socket.destroyed) return socket;
    const fresh = connect(Number(port), hostname);
    fresh.setNoDelay(true);
    fresh.setEncoding('latin1');
    fresh.on('data', onData);
    fresh.on('error', () => undefined);
    fresh.on('close', () => {
      if (socket !== fresh) return;
      drop();
      settle({ status: 0, text: '' });
    });
    socket = fresh;
    return fresh;
  };

  return {
    send: (request) =>
      new Promise((resolve) => {
        waiting = resolve;
        const lines = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
        const head = `POST ${request.path} HTTP/1.1\r\nHost: localhost\r\n${lines}Content-Length: ${request.body.length}\r\n\r\n`;
        opened().write(Buffer.concat([Buffer.from(head, 'latin1'), request.body]));
      }),
    close: drop,
  };
}

/** Undefined while it is not all there. Answers in chunks are Node's own, and empty. */
function bodyOf(head: string, rest: string): { text: string; length: number } | undefined {
  if (/transfer-encoding: chunked/i.test(head)) {
    return rest.startsWith('0\r\n\r\n') ? { text: '', length: 5 } : undefined;
  }
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  return rest.length < length ? undefined : { text: rest.slice(0, length), length };
}
