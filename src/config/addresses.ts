import { isIP } from 'node:net';

/** Names and addresses of machines, as far as a file tells where they lead. */

/** Whether a host name of an address, or an IP address by itself, is this very machine. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Whether WordPress takes a host for one that is not on the internet (`wp_http_validate_url`; recorded
 * for webhooks: README fact 12), or it plainly has no public name.
 */
export function isPrivateHost(host: string): boolean {
  const name = bare(host);
  if (isIP(name) === 4) {
    return /^(0|10|127)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(name);
  }
  // WordPress refuses every IPv6 address that is written as such.
  if (isIP(name) === 6) return true;
  return isLoopback(name) || !name.includes('.') || /\.(local|lan|internal|home\.arpa)$/.test(name);
}

/** What a server can listen on: an IP address, or a name of this machine. */
export function isListenHost(host: string): boolean {
  return isIP(host) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host);
}

/** An address of a proxy, or a range of them (`10.0.0.0/8`). */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** `http` or `https`, and nothing of a secret or of a page in it. */
export function isBaseAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  return (
    (protocol === 'https:' || protocol === 'http:') &&
    hostname !== '' &&
    [username, password, search, hash].every((part) => part === '') &&
    !/[?#]$/.test(text)
  );
}

/** Its query may hold options of the mail library. */
export function isMailServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash } = new URL(text);
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '' && hash === '';
}

/** A mailbox, or a name with one: `orderpark <orderpark@example.com>`. */
export function isMailbox(text: string): boolean {
  const mailbox = /^[^<>\r\n]*<([^<>]*)>$/.exec(text)?.[1] ?? text;
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(mailbox);
}

function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
