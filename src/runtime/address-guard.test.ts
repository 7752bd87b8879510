import type { LookupAddress } from 'node:dns';
import { createServer, request } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type AddressGuardOptions, createAddressGuard } from './address-guard.js';
import { isPublicAddress } from './public-address.js';

/** The first and the last address of ranges that are not public. */
const SPECIAL = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
  ['::', '::ffff'],
  ['::7f00:1', '::ffff:0:7f00:1'],
  ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::', '100::1'],
  ['2001::', '2001:1ff:ffff::'],
  ['2001:db8::', '2001:db8:ffff::1'],
  ['2002::', '2002:7f00:1::'],
  ['3fff::', '3fff:fff::1'],
  ['4000::', 'f000::'],
  ['fc00::', 'fdff:ffff::1'],
  ['fe80::', 'febf::1'],
  ['fec0::', 'feff::1'],
  ['ff00::', 'ffff::1'],
  ['fe80::1%eth0', '2600::1%eth0'],
  ['', 'localhost'],
].flat();
const PUBLIC = [
  ...['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'],
  ...['128.0.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '198.20.0.0', '223.255.255.255'],
  ...['2606:4700:4700::1111', '2a00:1450::1', '2001:200::1', '2003::1', '3ffe::1'],
  ...['::ffff:1.1.1.1', '64:ff9b::1.1.1.1'],
];

const ipv4 = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(255)));

describe('an IP address is public or not', () => {
  test.each(SPECIAL)('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(PUBLIC)('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test('whichever way an IPv4 address is written in an IPv6 one, it is what it is', () => {
    fc.assert(
      fc.property(ipv4, (bytes) => {
        const plain = bytes.join('.');
        const hex = Buffer.from(bytes).toString('hex');
        const [high, low] = [hex.slice(0, 4), hex.slice(4)];
        for (const prefix of ['::ffff:', '64:ff9b::', '0:0:0:0:0:FFFF:', '0064:FF9B:0:0:0:0:']) {
          for (const tail of [plain, `${high}:${low}`]) {
            expect(isPublicAddress(`${prefix}${tail}`)).toBe(isPublicAddress(plain));
          }
        }
      }),
    );
  });
});

const guardOf = (options: Partial<AddressGuardOptions> = {}) =>
  createAddressGuard({ allow: [], ...options });

describe('an address as it is written', () => {
  const kindOf = (address: string, allow: readonly string[] = []) =>
    guardOf({ allow }).judge(address).kind;

  test.each([
    'https://hooks.example.com/orderpark?key=1#part',
    'https://hooks.example.com:8443',
    'https://1.1.1.1/',
    'https://[2606:4700:4700::1111]/',
  ])('%s may be right', (address) => {
    expect(kindOf(address)).toBe('allowed');
  });

  test.each([
    ['nonsense', 'not an address'],
    ['//hooks.example.com', 'not an address'],
    ['https://', 'not an address'],
    ['https://hooks.example.com:99999', 'not an address'],
    ['ftp://hooks.example.com', 'begins with ftp:'],
    ['file:///etc/passwd', 'begins with file:'],
    ['javascript:alert(1)', 'begins with javascript:'],
    ['http://hooks.example.com', 'not encrypted'],
    ['https://user@hooks.example.com', 'a user or a password'],
    ['https://user:word@hooks.example.com', 'a user or a password'],
    ['https://[::ffff:127.0.0.1]', 'public internet'],
    ['https://[::1]:8080', 'public internet'],
    ['https://[64:ff9b::10.1.2.3]', 'public internet'],
    ['https://169.254.169.254/latest/meta-data', 'public internet'],
  ])('%s is refused: %s', (address, reason) => {
    expect(guardOf().judge(address)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
      fix: expect.stringMatching(/\w/),
    });
  });

  test('no way of writing an IPv4 address gets past', () => {
    const hidden = fc.constantFrom(
      (n: number) => String(n),
      (n: number) => `0x${n.toString(16)}`,
      (n: number) => `0${n.toString(8)}`,
      (n: number) => `127.${n & 0xffffff}`,
      (n: number) => `0x7f.${(n >> 16) & 0xff}.${n & 0xffff}`,
      (n: number) =>
        `0177.0x${((n >> 16) & 0xff).toString(16)}.${(n >> 8) & 0xff}.0${(n & 0xff).toString(8)}.`,
      (n: number) => `１２７.${(n >> 16) & 0xff}.${(n >> 8) & 0xff}.${n & 0xff}`,
    );
    fc.assert(
      fc.property(fc.nat(0xffffff), hidden, (low, write) => {
        expect(kindOf(`https://${write(0x7f000000 + low)}/`)).toBe('refused');
      }),
    );
  });

  test('the config can allow ranges, addresses and names, and http to them', () => {
    const allow = ['10.0.0.0/8', '192.168.1.5', 'fd00::/8', 'LocalHost'];
    for (const address of [
      'http://10.1.2.3',
      'https://192.168.1.5:9000',
      'http://[fd12::1]',
      'http://localhost:3000',
      'http://localhost.:3000',
    ]) {
      expect(kindOf(address, allow)).toBe('allowed');
    }
    for (const address of [
      'https://192.168.1.6',
      'https://127.0.0.1',
      'http://sub.localhost',
      'http://hooks.example.com',
      'http://1.1.1.1',
    ]) {
      expect(kindOf(address, allow)).toBe('refused');
    }
  });
});

describe('a name is judged by where it leads, when it is connected to', () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  const to = (...addresses: string[]): LookupAddress[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  /** A server on this machine, which nothing but its own eyes protects. */
  async function startServer() {
    let connections = 0;
    const server = createServer((_, response) => response.end('inside'));
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { port, seen: () => connections };
  }

  function ask(port: number, options: Partial<AddressGuardOptions>): Promise<string> {
    const { lookup } = guardOf(options);
    return new Promise((resolve) => {
      const asked = request({ host: 'name.example', port, lookup, agent: false }, (response) => {
        response.resume().once('end', () => resolve(String(response.statusCode)));
      });
      asked.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
      asked.end();
    });
  }

  test('one that leads inside gets no connection, however often it is asked', async () => {
    const { port, seen } = await startServer();
    for (const inside of [to('127.0.0.1'), to('::ffff:127.0.0.1'), to('::1', '127.0.0.1')]) {
      expect(await ask(port, { resolve: async () => inside })).toBe('EREFUSED_ADDRESS');
    }
    expect(seen()).toBe(0);
  });

  test('one that is rebound after it was first looked at gets none either', async () => {
    const { port, seen } = await startServer();
    const answers = [to('93.184.215.14'), to('127.0.0.1')];
    const resolve = async () => answers.shift() ?? [];
    const { lookup } = guardOf({ resolve });
    const first = await new Promise((done) => {
      lookup('name.example', { all: true }, (error, found) => done(error ?? found));
    });
    expect(first).toEqual(to('93.184.215.14'));
    expect(await ask(port, { resolve })).toBe('EREFUSED_ADDRESS');
    expect(seen()).toBe(0);
  });

  test('of several addresses only the permitted ones are given', async () => {
    const resolve = async () => to('10.0.0.1', '1.1.1.1', '::1', '2606:4700:4700::1111', 'fd00::1');
    const given = (allow: readonly string[], all: boolean) =>
      new Promise((done) => {
        guardOf({ allow, resolve }).lookup('name.example', { all }, (error, found) =>
          done(error ?? found),
        );
      });
    expect(await given([], true)).toEqual(to('1.1.1.1', '2606:4700:4700::1111'));
    expect(await given([], false)).toBe('1.1.1.1');
    expect(await given(['10.0.0.0/8'], false)).toBe('10.0.0.1');
    expect(await given(['name.example'], true)).toHaveLength(5);
  });

  test('one that the config names may lead inside', async () => {
    const { port, seen } = await startServer();
    const resolve = async () => to('127.0.0.1');
    expect(await ask(port, { allow: ['NAME.example.'], resolve })).toBe('200');
    expect(await ask(port, { allow: ['127.0.0.0/8'], resolve })).toBe('200');
    expect(seen()).toBe(2);
  });

  test('one that leads nowhere is not found', async () => {
    const { port } = await startServer();
    expect(await ask(port, { resolve: async () => [] })).toBe('ENOTFOUND');
    const failing = async () => {
      throw Object.assign(new Error('again'), { code: 'EAI_AGAIN' });
    };
    expect(await ask(port, { resolve: failing })).toBe('EAI_AGAIN');
  });

  test('without a resolver handed in the machine’s own answers', async () => {
    const { lookup } = guardOf({ allow: ['localhost'] });
    const found = await new Promise((done) => {
      lookup('localhost', { all: false }, (error, address) => done(error ?? address));
    });
    expect(['127.0.0.1', '::1']).toContain(found);
  });
});
