import express, { type Express } from 'express';

export interface AuthorisationRoutes {
  /** Where a shop posts the key that its owner approved. */
  readonly callbackPath: string;
  /** Where the owner's browser comes back. */
  readonly returnPath: string;
  /** False where what was posted is not the answer that is waited for. */
  readonly take: (body: string) => boolean;
  readonly comeBack: (query: URLSearchParams) => void;
}

/** A key with its secret is some hundred bytes. */
const LARGEST_BODY = '16kb';

/**
 * The two ways back from WooCommerce's page of authorisation. The shop keeps the key that it made only
 * where it is answered with 200 exactly.
 */
export function mountAuthorisation(app: Express, routes: AuthorisationRoutes): void {
  const { callbackPath, returnPath, take, comeBack } = routes;
  app.post(
    callbackPath,
    express.text({ type: () => true, limit: LARGEST_BODY }),
    (request, response) => {
      const isTaken = take(typeof request.body === 'string' ? request.body : '');
      response.status(isTaken ? 200 : 403).type('text');
      response.send(isTaken ? 'Taken.\n' : 'This is not what was asked for.\n');
    },
  );
  app.get(returnPath, (request, response) => {
    comeBack(new URL(request.originalUrl, 'http://localhost').searchParams);
    response.type('text').send('You can close this page and go back to orderpark.\n');
  });
}
