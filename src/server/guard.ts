import type { Request, RequestHandler } from 'express';
import { isSameSecret } from '../runtime/same-secret.js';

/**
 * For what only the operator is to see. This machine is let in; another needs the token, and where
 * none is configured is told that nothing is here.
 */
export function operatorOnly(token: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (isThisMachine(request) || (token !== undefined && hasToken(request, token))) {
      next();
    } else if (token === undefined) {
      response.status(404).type('text').send('Nothing is here.\n');
    } else {
      response.set('WWW-Authenticate', 'Bearer').status(401).type('text');
      response.send('This needs the token of server.token.\n');
    }
  };
}

/** A proxy on this machine stands for strangers, however much of `X-Forwarded-For` is believed. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

function isThisMachine({ socket, headers }: Request): boolean {
  const address = socket.remoteAddress ?? '';
  const isLoopback = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address);
  // A page in a browser on this machine can have its own host's name lead here.
  const isMeant = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  return isLoopback && isMeant && !FORWARDED.some((name) => headers[name] !== undefined);
}

function hasToken({ headers }: Request, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return given !== undefined && isSameSecret(given, token);
}
