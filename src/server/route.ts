import type { Principal } from '../access/principal.js';
import type { Permission } from '../access/roles.js';

/**
 * One address of the page or the API, and what it needs. Routes are lists, so that a test can try each
 * of them as each role: one that is mounted in another way would escape it.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters as `/orders/:shop/:id`. */
  readonly path: string;
  /** `null`: for everybody, logged in or not. */
  readonly needs: Permission | null;
  readonly handle: (asked: Asked) => Promise<Reply> | Reply;
}

/** A request, without the framework. */
export interface Asked {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Fields of a form; of a name that comes twice all values. Empty where there is no form. */
  readonly form: URLSearchParams;
  /** A JSON body, as it came; undefined where there is none. */
  readonly json: unknown;
  /** Names in small letters. */
  readonly header: (name: string) => string | undefined;
  readonly cookie: (name: string) => string | undefined;
  /** Where it came from, as far as the configured proxies are believed. */
  readonly address: string;
  readonly isSecure: boolean;
  /** Absent only on routes that need nothing. */
  readonly principal?: Principal;
  /** What forms of this session must carry; empty without a session. */
  readonly formToken: string;
  /** Aborts where the other side goes away. */
  readonly signal: AbortSignal;
}

export type Reply = Sent & {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
};

type Sent =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'json'; readonly body: unknown; readonly mediaType?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | {
      readonly kind: 'file';
      readonly mediaType: string;
      readonly content: string | Uint8Array;
      /** Saved under this name; absent: shown. */
      readonly name?: string;
    }
  /** Server-sent events, until the other side goes away. */
  | { readonly kind: 'events'; readonly events: AsyncIterable<ServerEvent> };

export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/** `HttpOnly`, `SameSite=Lax`, for the whole site; `Secure` where the request was. */
export interface Cookie {
  readonly name: string;
  /** Empty: taken away. */
  readonly value: string;
  /** Absent: until the browser is closed. */
  readonly seconds?: number;
  /** A choice of the reader, which scripts may see. */
  readonly isOpen?: boolean;
}
