import type { Response } from 'express';
import type { Cookie, Reply, ServerEvent } from './route.js';

/** Sends what a route replied. Nothing of it is kept by caches. */
export async function send(response: Response, reply: Reply, isSecure: boolean): Promise<void> {
  response.set('Cache-Control', 'no-store').set(reply.headers ?? {});
  for (const cookie of reply.cookies ?? []) {
    response.append('Set-Cookie', cookieText(cookie, isSecure));
  }
  response.status(reply.status ?? 200);
  switch (reply.kind) {
    case 'html':
      response.type('html').send(reply.html);
      return;
    case 'json':
      response.type(reply.mediaType ?? 'application/json').send(JSON.stringify(reply.body));
      return;
    case 'redirect':
      response.redirect(reply.status ?? 303, reply.to);
      return;
    case 'file':
      response.type(reply.mediaType);
      if (reply.name !== undefined) response.attachment(reply.name);
      response.send(Buffer.from(reply.content));
      return;
    case 'events':
      await sendEvents(response, reply.events);
  }
}

/** RFC 6265. */
function cookieText({ name, value, seconds, isOpen }: Cookie, isSecure: boolean): string {
  return [
    `${name}=${value}`,
    'Path=/',
    'SameSite=Lax',
    ...(isOpen ? [] : ['HttpOnly']),
    ...(isSecure ? ['Secure'] : []),
    ...(value === '' ? ['Max-Age=0'] : seconds === undefined ? [] : [`Max-Age=${seconds}`]),
  ].join('; ');
}

async function sendEvents(response: Response, events: AsyncIterable<ServerEvent>): Promise<void> {
  response.type('text/event-stream').set('X-Accel-Buffering', 'no');
  response.flushHeaders();
  for await (const { name, data } of events) {
    const lines = data.split('\n').map((line) => `data: ${line}`);
    response.write(`event: ${name}\n${lines.join('\n')}\n\n`);
  }
  response.end();
}
