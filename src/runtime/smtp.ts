import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

/** What nodemailer wants to know of a mail server. */
export interface SmtpServer extends SMTPConnectionOptions {
  /** Absent: no login. */
  readonly auth?: { readonly user: string; readonly pass: string } | undefined;
}

/**
 * `smtps://user:password@host:465`, or `smtp://…:587`, which must then offer STARTTLS unless it leads
 * to this machine.
 */
export function smtpServerOf(url: string): SmtpServer {
  // What stands in the address' query (`?requireTLS=false`) goes before ours.
  return { requireTLS: !isLoopback(url), ...parseConnectionUrl(url) };
}

/** The server and its port, without the login. */
export function smtpHostOf(url: string): string {
  return new URL(url).host;
}

/** The password of an address, in every form in which a server's answer could repeat it. */
export function smtpSecretsOf(url: string): readonly string[] {
  const { username, password } = new URL(url);
  if (password === '') return [];
  const [user, plain] = [decoded(username), decoded(password)];
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return [password, plain, base64(plain), base64(`\u0000${user}\u0000${plain}`)];
}

/** The domain of a sender such as `Orderpark <invoices@example.com>`. */
export function mailDomainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'orderpark.invalid';
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
