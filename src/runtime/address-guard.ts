import { type LookupAddress, promises } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { blockList, isPublicAddress } from './public-address.js';

/** Keeps requests to addresses that others chose away from our own network. */
export interface AddressGuard {
  /** What the address itself tells. Names are judged once they lead somewhere: by `lookup`. */
  judge(address: string): AddressVerdict;
  /**
   * For the connection of a request (`lookup` of node:http): gives only what may be connected to, so
   * that a name which leads elsewhere each time it is asked gets nowhere. An IP address that stands
   * in the URL is never looked up: judge it right before.
   */
  readonly lookup: LookupFunction;
}

export type AddressVerdict =
  | { readonly kind: 'allowed'; readonly url: URL }
  | { readonly kind: 'refused'; readonly reason: string; readonly fix: string };

export interface AddressGuardOptions {
  /** IP addresses, ranges (`10.0.0.0/8`) and host names that are allowed besides the public ones. */
  readonly allow: readonly string[];
  /** Where a name leads; the machine's own resolver unless told. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

/** Why a name leads nowhere; its `code` is that of no system error. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'EREFUSED_ADDRESS';
}

export function createAddressGuard({ allow, resolve = systemResolve }: AddressGuardOptions) {
  const names = new Set(allow.filter((entry) => rangeOf(entry) === undefined).map(normalised));
  const ranges = blockList(allow.flatMap((entry) => [rangeOf(entry)].filter((range) => !!range)));
  const isAllowed = (ip: string) => ranges.check(ip, isIP(ip) === 4 ? 'ipv4' : 'ipv6');

  function judge(address: string): AddressVerdict {
    if (!URL.canParse(address)) return refused('It is not an address.', WRITE_HTTPS);
    const url = new URL(address);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      return refused(`It begins with ${url.protocol} and not with https:.`, WRITE_HTTPS);
    }
    if (url.username !== '' || url.password !== '') {
      return refused('It has a user or a password in it.', WITHOUT_PASSWORD);
    }
    const host = normalised(url.hostname);
    const isListed = names.has(host) || (isIP(host) !== 0 && isAllowed(host));
    if (isIP(host) !== 0 && !isListed && !isPublicAddress(host)) {
      return refused(`${host} is not an address of the public internet.`, allowIt(host));
    }
    if (url.protocol === 'http:' && !isListed) {
      return refused(
        'It is not encrypted: everyone on the way could read and change it.',
        `Write https://. ${allowIt(host)}`,
      );
    }
    return { kind: 'allowed', url };
  }

  async function find(hostname: string): Promise<readonly LookupAddress[]> {
    const found = await resolve(hostname);
    if (names.has(normalised(hostname))) return found;
    const permitted = found.filter(({ address }) => isPublicAddress(address) || isAllowed(address));
    if (permitted.length > 0 || found.length === 0) return permitted;
    const listed = found.map(({ address }) => address).join(', ');
    throw new AddressRefusedError(
      `${hostname} leads to ${listed}, which is not of the public internet`,
    );
  }

  const lookup: LookupFunction = (hostname, options, callback) => {
    find(hostname).then(
      (found) => {
        const [first] = found;
        if (!first) callback(notFound(hostname), '');
        else if (options.all) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error('no answer'), ''),
    );
  };

  return { judge, lookup } satisfies AddressGuard;
}

/** An address or a range; undefined for a name. */
function rangeOf(entry: string): readonly [network: string, bits: number] | undefined {
  const [network = '', bits] = entry.split('/');
  const family = isIP(network);
  if (family === 0) return undefined;
  return [network, bits === undefined ? (family === 4 ? 32 : 128) : Number(bits)];
}

function normalised(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function refused(reason: string, fix: string): AddressVerdict {
  return { kind: 'refused', reason, fix };
}

const WRITE_HTTPS = 'Write it whole, as https://example.com/orderpark.';
const WITHOUT_PASSWORD = 'Leave them out: each request is signed, by which its receiver knows us.';

function allowIt(host: string): string {
  return `Where it is meant, name it in the configuration: \`outbound: { allow: [${JSON.stringify(host)}] }\`.`;
}

function notFound(hostname: string): Error {
  return Object.assign(new Error(`no address of ${hostname} is known`), { code: 'ENOTFOUND' });
}

function systemResolve(hostname: string): Promise<readonly LookupAddress[]> {
  return promises.lookup(hostname, { all: true });
}
