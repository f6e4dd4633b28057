/** Where the database is: an address that is checked, and a password that nobody is shown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, readStorageConfig } from '../../../sync-service/config';
import { describeAddress, readPostgresqlAddress } from '../../../sync-service/database/postgresql-address';
import { connectionSettings } from '../../../sync-service/database/postgresql-connect';

const read = (address: string) => readPostgresqlAddress(address);

describe('the address of a PostgreSQL server', () => {
  it('is read with its defaults, and with special signs in the password', () => {
    expect(read('postgresql://anna:p%40ss%2Fw@localhost/contacts')).toEqual({
      host: 'localhost',
      port: 5432,
      database: 'contacts',
      user: 'anna',
      password: 'p@ss/w',
      sslMode: 'disable',
    });
    expect(read('postgres://anna@[::1]:5433/contacts')).toMatchObject({ host: '::1', port: 5433 });
    expect(read('postgresql://anna@localhost/contacts?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
      sslMode: 'disable',
    });
  });

  it('outside of this machine is encrypted and checked', () => {
    expect(read('postgresql://a:b@db.example.com/c')).toMatchObject({ sslMode: 'verify-full' });
    expect(read('postgresql://a:b@db.example.com/c?sslmode=disable')).toHaveProperty('problem');
    expect(read('postgresql://a:b@10.0.0.5/c?sslmode=disable')).toHaveProperty('problem');
    expect(read('postgresql://a:b@db.example.com/c?sslmode=prefer')).toHaveProperty('problem');
    const times = { lockTimeoutMs: 1, statementTimeoutMs: 1 };
    const checked = read('postgresql://a:b@db.example.com/c');
    if ('problem' in checked) throw new Error(checked.problem);
    expect(connectionSettings(checked, times).ssl).toEqual({ rejectUnauthorized: true });
  });

  it.each([
    'mysql://a:b@localhost/c',
    'localhost/c',
    'postgresql://localhost/c',
    'postgresql://a:secret@localhost',
    'postgresql://a:secret@localhost/c?ssl=true',
    'postgresql://a:secret@localhost/c?sslrootcert=/nowhere/ca.pem',
    'postgresql://a:sec ret?#@localhost/c',
  ])('is refused when it is none, without telling the password: %s', (written) => {
    const address = read(written);
    expect(address).toHaveProperty('problem');
    expect(JSON.stringify(address)).not.toContain('secret');
  });

  it('is shown without the password', () => {
    const address = read('postgresql://anna:secret@db.example.com/contacts');
    if ('problem' in address) throw new Error(address.problem);
    expect(describeAddress(address)).not.toContain('secret');
  });
});

describe('DATABASE_URL', () => {
  it('comes from the environment, or from a file that the configuration names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mycontacts-address-'));
    try {
      writeFileSync(join(folder, 'database-url'), 'postgresql://anna:secret@localhost/contacts\n');
      const file = { path: join(folder, 'mycontacts.yaml'), text: 'databaseUrlFile: database-url\n' };
      expect(readStorageConfig({}, file).postgresql).toMatchObject({ user: 'anna', password: 'secret' });
      expect(readStorageConfig({ DATABASE_URL: 'postgresql://bert@localhost/c' }, file).postgresql?.user).toBe('bert');
      expect(readConfig({ DEMO: '1' }).postgresql).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is told with its name and without its value when it cannot be used', () => {
    const wrong = () =>
      readStorageConfig({ DATABASE_URL: 'postgresql://anna:secret@db.example.com/c?sslmode=disable' });
    expect(wrong).toThrow(/DATABASE_URL: .*verify-full/);
    expect(wrong).not.toThrow(/secret/);
    const inFile = { path: 'mycontacts.yaml', text: 'databaseUrl: postgresql://anna:secret@localhost/c\n' };
    expect(() => readStorageConfig({}, inFile)).toThrow(/databaseUrlFile/);
  });
});
