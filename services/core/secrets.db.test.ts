import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { rewrapSecrets } from './rewrap-secrets.ts';
import { createSecrets } from './secrets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const newKek = () => randomBytes(32).toString('base64');
const place = { table: 'sends', field: 'content', rowId: '0198f000-0000-7000-8000-000000000001' };
const TEXT = 'the link is https://example.com/?token=abc';

describe('a secret', () => {
  it('opens in its own place alone: not for another row, field, table or organization', async () => {
    const secrets = createSecrets([newKek()]);
    const [one, other] = [await createTenant(database), await createTenant(database)];
    const sealed = await one.run(async (ctx) => (await secrets.box(ctx)).seal(place, TEXT));
    await other.run((ctx) => secrets.box(ctx));
    const open = (tenant: typeof one, at: typeof place) =>
      tenant.run(async (ctx) => (await secrets.openBox(ctx)).open(at, sealed));
    expect(await open(one, place)).toBe(TEXT);
    for (const at of [
      { ...place, rowId: '0198f000-0000-7000-8000-000000000002' },
      { ...place, field: 'subject' },
      { ...place, table: 'outbox_messages' },
    ]) {
      await expect(open(one, at)).rejects.toThrow();
    }
    await expect(open(other, place)).rejects.toThrow();
  });

  it('is nowhere in the database as text, and differs each time it is sealed', async () => {
    const secrets = createSecrets([newKek()]);
    const tenant = await createTenant(database);
    const [a, b] = await tenant.run(async (ctx) => {
      const box = await secrets.box(ctx);
      return [box.seal(place, TEXT), box.seal(place, TEXT)] as const;
    });
    expect(a.includes(Buffer.from('token=abc'))).toBe(false);
    expect(a.equals(b)).toBe(false);
  });

  it('does not open once a single byte is changed', async () => {
    const secrets = createSecrets([newKek()]);
    const tenant = await createTenant(database);
    await tenant.run(async (ctx) => {
      const box = await secrets.box(ctx);
      const sealed = box.seal(place, TEXT);
      for (let i = 0; i < sealed.length; i++) {
        const changed = Buffer.from(sealed);
        changed[i]! ^= 1;
        expect(() => box.open(place, changed), `byte ${i}`).toThrow();
      }
    });
  });

  it('that was sealed before a rotation still opens, and new ones take the new key', async () => {
    const secrets = createSecrets([newKek()]);
    const tenant = await createTenant(database);
    const old = await tenant.run(async (ctx) => (await secrets.box(ctx)).seal(place, TEXT));
    expect(await tenant.run((ctx) => secrets.rotate(ctx))).toBe(2);
    await tenant.run(async (ctx) => {
      const box = await secrets.box(ctx);
      const fresh = box.seal(place, TEXT);
      expect([old.readUInt32BE(1), fresh.readUInt32BE(1)]).toEqual([1, 2]);
      expect([box.open(place, old), box.open(place, fresh)]).toEqual([TEXT, TEXT]);
    });
  });
});

describe('a change of the key-encryption key', () => {
  it('wraps the data keys of all organizations once; the old key is not needed after that', async () => {
    const fresh = await createTestDatabase();
    const [before, after] = [newKek(), newKek()];
    const old = createSecrets([before]);
    const tenants = [await createTenant(fresh), await createTenant(fresh)];
    const sealed = await Promise.all(
      tenants.map((tenant) => tenant.run(async (ctx) => (await old.box(ctx)).seal(place, TEXT))),
    );
    const alone = createSecrets([after]);
    const open = (secrets: typeof old, i: number) =>
      tenants[i]!.run(async (ctx) => (await secrets.openBox(ctx)).open(place, sealed[i]!));
    await expect(open(alone, 0)).rejects.toThrow('ENCRYPTION_KEY_PREVIOUS');
    const both = createSecrets([after, before]);
    expect(await open(both, 0)).toBe(TEXT);
    const rewrap = () => rewrapSecrets({ appDb: fresh.app, platformDb: fresh.platform, secrets: both }, new Date(0));
    expect([await rewrap(), await rewrap()]).toEqual([2, 0]);
    expect([await open(alone, 0), await open(alone, 1)]).toEqual([TEXT, TEXT]);
    await expect(open(old, 0)).rejects.toThrow();
    await fresh.drop();
  });
});
