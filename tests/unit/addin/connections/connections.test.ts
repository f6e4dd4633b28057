import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedHash, readCarriedHash } from '../../../../addin/connections/carried-connections';
import { connectionListSchema, maxConnections, readAddress } from '../../../../addin/connections/connection';
import type { Connection } from '../../../../addin/connections/connection';
import { withCarried, withOwn, withSaved } from '../../../../addin/connections/connection-list';

const here = 'https://uc.example.com';
const at = (address: string, more: Partial<Connection> = {}): Connection => ({
  name: '',
  address,
  userName: '',
  confirmed: true,
  ...more,
});

/** A hash as {@link carriedHash} would write it, around anything. */
const hashAround = (text: string) => `#connections=${Buffer.from(text).toString('base64url')}`;

describe('the address of a connection', () => {
  it.each([
    ['uc.example.com', 'https://uc.example.com'],
    [' 192.168.1.2:8802 ', 'https://192.168.1.2:8802'],
    ['https://UC.example.com:443/', 'https://uc.example.com'],
    ['https://example.com/contacts/', 'https://example.com/contacts'],
    ['https://example.com/contacts/taskpane.html', 'https://example.com/contacts'],
    ['https://uc.example.com:8802/window', 'https://uc.example.com:8802'],
  ])('is taken as people write it: %s', (written, address) => {
    expect(readAddress(written)).toEqual({ address });
    expect(readAddress(address)).toEqual({ address });
  });

  it.each([
    ['', 'empty'],
    ['http://uc.example.com', 'not-https'],
    ['javascript://uc.example.com/%0aalert(1)', 'not-https'],
    ['javascript:alert(1)', 'no-address'],
    ['data:text/html,x', 'no-address'],
    ['https://uc.example.com@evil.example', 'user-in-address'],
    ['330:secret@uc.example.com', 'user-in-address'],
    ['https://uc.example.com/?to=https://evil.example', 'query'],
    ['https://uc.example.com/#x', 'query'],
    ['uc example com', 'no-address'],
    [`https://${'a'.repeat(250)}.example.com`, 'too-long'],
  ])('is refused: %s', (written, problem) => {
    expect(readAddress(written)).toEqual({ problem });
  });

  it('is never anything but https without a user in it, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (written) => {
        const read = readAddress(written);
        if (!('address' in read)) return;
        const url = new URL(read.address);
        expect([url.protocol, url.username, url.password, url.search, url.hash]).toEqual(['https:', '', '', '', '']);
        expect(readAddress(read.address)).toEqual(read);
      }),
    );
  });
});

describe('the list that travels', () => {
  it('arrives as it left, with every sign of its names', () => {
    const list = [at(here, { name: 'Büro 🏢', userName: '330' }), at('https://home.example.com:8802/x')];
    expect(readCarriedHash(carriedHash(list))).toEqual(
      list.map(({ name, address, userName }) => ({ name, address, userName })),
    );
  });

  it('leaves an address behind that is not https', () => {
    expect(readCarriedHash(carriedHash([at('http://localhost:8801'), at(here)]))).toHaveLength(1);
  });

  it.each([
    ['a place', '#settings'],
    ['nonsense', '#connections=%%%'],
    ['no list', hashAround('{"a":1}')],
    [
      'an address with a user',
      hashAround('[{"name":"","address":"https://uc.example.com@evil.example","userName":""}]'),
    ],
    ['a script', hashAround('[{"name":"","address":"javascript:alert(1)","userName":""}]')],
    ['a password', hashAround('[{"name":"","address":"https://a.example","userName":"","password":"x"}]')],
    ['a confirmed one', hashAround('[{"name":"","address":"https://a.example","userName":"","confirmed":true}]')],
    [
      'five',
      hashAround(
        JSON.stringify([1, 2, 3, 4, 5].map((n) => ({ name: '', address: `https://${n}.example`, userName: '' }))),
      ),
    ],
    ['an endless one', `#connections=${'A'.repeat(5000)}`],
    ['broken text', `#connections=${Buffer.from([0x5b, 0xff, 0x5d]).toString('base64url')}`],
  ])('is not read out of %s', (_, hash) => {
    expect(readCarriedHash(hash)).toBeUndefined();
  });

  it('is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, wrapped) => {
        const read = readCarriedHash(wrapped ? hashAround(text) : `#connections=${text}`);
        expect(read === undefined || Array.isArray(read)).toBe(true);
      }),
    );
  });
});

describe('arriving with a list', () => {
  const evil = { name: 'Office', address: 'https://evil.example', userName: '330' };

  it('adds what is new, unconfirmed, and the user name of this installation', () => {
    expect(withCarried([], [{ ...evil }, { name: 'Home', address: here, userName: '336' }], here)).toEqual([
      at(here, { name: 'Home', userName: '336' }),
      { ...evil, confirmed: false },
    ]);
  });

  it('never changes or displaces what is kept', () => {
    const kept = [at(here, { name: 'Büro', userName: '330' }), at('https://b.example', { name: 'B' })];
    const carried = [
      { name: 'Evil', address: here, userName: 'admin' },
      { name: 'Evil', address: 'https://b.example', userName: 'admin' },
    ];
    expect(withCarried(kept, carried, here)).toEqual(kept);
    const full = [...kept, at('https://c.example'), at('https://d.example')];
    expect(withCarried(full, [evil], here)).toEqual(full);
  });
});

describe('the list of connections', () => {
  it('always holds the own installation and at most four, each once, whatever is done to it', () => {
    const address = fc.constantFrom(
      here,
      'https://a.example',
      'https://b.example',
      'https://c.example',
      'https://d.example',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(address, fc.option(address, { nil: undefined })), { maxLength: 12 }), (steps) => {
        let list = withOwn([], here);
        for (const [to, instead] of steps) {
          const saved = withSaved(list, at(to), instead === here ? undefined : instead);
          if (typeof saved !== 'string') list = withOwn(saved, here);
          expect(connectionListSchema.safeParse(list).success).toBe(true);
          expect(list.length).toBeLessThanOrEqual(maxConnections);
          expect(new Set(list.map((known) => known.address)).size).toBe(list.length);
          expect(list.some((known) => known.address === here)).toBe(true);
        }
      }),
    );
  });

  it('says when it is full and when a server is in it already', () => {
    const list = [at(here), at('https://a.example'), at('https://b.example')];
    expect(withSaved(list, at('https://a.example'), undefined)).toBe('already-there');
    expect(withSaved(list, at('https://b.example'), 'https://a.example')).toBe('already-there');
    expect(withSaved([...list, at('https://c.example')], at('https://d.example'), undefined)).toBe('full');
  });
});
