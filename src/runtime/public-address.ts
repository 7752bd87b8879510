import { BlockList, isIP } from 'node:net';

/**
 * What is not on the public internet, of IPv4: IANA's registry of special-purpose addresses
 * (RFC 6890 and later), multicast, and what is reserved.
 */
const SPECIAL_IPV4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8], // this network; 0.0.0.0 is this machine to many systems
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by the customers of a provider (CGNAT)
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and the metadata of cloud machines
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // IETF protocols
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // AMT
  ['192.88.99.0', 24], // 6to4 relays, given up
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/** Of IPv6, only these can be public at all: global unicast, and two ways to write an IPv4 address. */
const PUBLIC_IPV6 = blockList([
  ['2000::', 3],
  ['::ffff:0:0', 96], // IPv4-mapped
  ['64:ff9b::', 96], // NAT64, RFC 6052
]);

const SPECIAL = blockList([
  ...SPECIAL_IPV4.flatMap(([network, bits]) => [
    [network, bits] as const,
    [`::ffff:${network}`, 96 + bits] as const,
    [`64:ff9b::${network}`, 96 + bits] as const,
  ]),
  ['2001::', 23], // IETF protocols: Teredo, ORCHID, …
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: any IPv4 address may be in it
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
]);

/** Whether it is an IP address to which the public internet leads; pure. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !SPECIAL.check(address, 'ipv4');
    case 6:
      // One with a zone (fe80::1%eth0) is of this link, and of no list.
      return (
        !address.includes('%') &&
        PUBLIC_IPV6.check(address, 'ipv6') &&
        !SPECIAL.check(address, 'ipv6')
      );
    default:
      return false;
  }
}

export function blockList(ranges: readonly (readonly [network: string, bits: number])[]) {
  const list = new BlockList();
  for (const [network, bits] of ranges) {
    list.addSubnet(network, bits, isIP(network) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
