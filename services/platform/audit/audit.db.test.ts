import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { runScript } from '../../../test/processes/dying.ts';
import { audit } from '../../core/audit.ts';
import { noFaults } from '../../core/fault-points.ts';
import { createDenialLog, eraseAuditContents, sealAuditLogs, verifyAuditLogs } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  tenant = await createTenant(database);
});

const NOW = new Date('2026-06-30T12:00:00Z');
const ENTITY = '00000000-0000-7000-8000-000000000001';
const deps = () => ({
  appDb: database.app,
  platformDb: database.platform,
  clock: { now: () => NOW },
  faultPoint: noFaults,
});
const seal = () => sealAuditLogs(deps());
const verify = (input: Partial<Parameters<typeof verifyAuditLogs>[1]> = {}) =>
  tenant.run((ctx) => verifyAuditLogs(ctx, { fromSequence: 1, limit: 100_000, ...input }));

async function write(count: number, entityId: string | null = null): Promise<void> {
  await tenant.run(async (ctx) => {
    for (let i = 0; i < count; i++) {
      await audit(ctx, 'thing.update', {
        entityType: 'thing',
        entityId,
        before: { n: i },
        after: { n: i + 1, text: 'é"\\' },
      });
    }
  });
}
/** With the row of the organization itself. */
async function sealed(count: number): Promise<void> {
  await write(count);
  await seal();
}
const where = () => database.owner`organization_id = ${tenant.organizationId}`;

describe('the sealed audit log', () => {
  it('seals every row once, whole and in unbroken order', async () => {
    await sealed(20);
    const answer = await verify();
    expect(answer).toMatchObject({
      valid: true,
      checked: 21,
      erased: 0,
      unsealed: 0,
      problems: [],
      nextSequence: null,
    });
    expect(answer.head?.sequence).toBe(21);
    await write(1);
    expect(await verify()).toMatchObject({ valid: true, checked: 21, unsealed: 1 });
    expect(await seal()).toBe(1);
    expect(await seal()).toBe(0);
  });

  it.each(['action', 'entity_type', 'request_id', 'actor_kind', 'outcome'])('finds a changed %s', async (column) => {
    await sealed(5);
    await database.owner`
      update audit_logs set ${database.owner({ [column]: column === 'outcome' ? 'denied' : column === 'actor_kind' ? 'user' : 'x' })}
      where ${where()} and seal_sequence = 3`;
    expect((await verify()).problems).toMatchObject([{ kind: 'row_changed', sequence: 3 }]);
  });

  it('finds one flipped byte of the contents, the time, the salt and every part of a seal', async () => {
    await sealed(8);
    const { owner } = database;
    await owner`update audit_logs set after = jsonb_set(after, '{n}', '7') where ${where()} and seal_sequence = 2`;
    await owner`update audit_logs set created_at = created_at + interval '1 microsecond' where ${where()} and seal_sequence = 3`;
    await owner`update audit_logs set salt = set_byte(salt, 0, get_byte(salt, 0) # 1) where ${where()} and seal_sequence = 4`;
    await owner`update audit_seals set content_hash = set_byte(content_hash, 5, get_byte(content_hash, 5) # 1) where ${where()} and sequence = 5`;
    await owner`update audit_seals set entry_hash = set_byte(entry_hash, 5, get_byte(entry_hash, 5) # 1) where ${where()} and sequence = 6`;
    await owner`update audit_seals set hash = set_byte(hash, 5, get_byte(hash, 5) # 1) where ${where()} and sequence = 7`;
    const found = (await verify()).problems.map(({ kind, sequence }) => `${sequence} ${kind}`);
    expect(found).toEqual([
      '2 row_changed',
      '3 row_changed',
      '4 row_changed',
      '5 row_changed',
      '6 chain_broken',
      '6 row_changed',
      '7 chain_broken',
      '8 chain_broken',
    ]);
  });

  it('finds a removed row, also the last one, and also when its seal went with it', async () => {
    await sealed(6);
    const { owner } = database;
    await owner`delete from audit_logs where ${where()} and seal_sequence = 4`;
    expect((await verify()).problems).toMatchObject([{ kind: 'row_removed', sequence: 4 }]);
    await owner`delete from audit_seals where ${where()} and sequence = 4`;
    expect((await verify()).problems).toMatchObject([{ kind: 'seal_removed', sequence: 4 }]);
    await owner`delete from audit_logs where ${where()} and seal_sequence = 7`;
    expect((await verify()).problems.map(({ kind }) => kind)).toEqual(['seal_removed', 'row_removed']);
    await owner`delete from audit_seals where ${where()} and sequence = 7`;
    expect((await verify()).problems.map(({ kind }) => kind)).toEqual(['seal_removed', 'head_mismatch']);
  });

  it('finds a row that was slipped in, and one that was put in the place of another', async () => {
    await sealed(4);
    const { owner } = database;
    await owner`
      insert into audit_logs (organization_id, actor_kind, action, entity_type, seal_sequence)
      values (${tenant.organizationId}, 'system', 'forged', 'thing', 3)`;
    expect((await verify()).problems).toMatchObject([{ kind: 'row_without_seal', sequence: 3 }]);
  });

  it('finds a chain that was rewritten as a whole, with a head noted earlier', async () => {
    await sealed(4);
    const { head } = await verify();
    expect(await verify({ knownSequence: head!.sequence, knownHash: head!.hash })).toMatchObject({ valid: true });
    const { owner } = database;
    await owner`update audit_logs set action = 'nothing.happened' where ${where()} and seal_sequence = 2`;
    await owner`delete from audit_seals where ${where()}`;
    await owner`delete from audit_seal_heads where ${where()}`;
    await owner`update audit_logs set seal_sequence = null where ${where()}`;
    await seal();
    expect((await verify()).valid).toBe(true);
    expect((await verify({ knownSequence: head!.sequence, knownHash: head!.hash })).problems).toMatchObject([
      { kind: 'known_hash_mismatch' },
    ]);
  });

  it('is verified in parts that add up', async () => {
    await sealed(12);
    const first = await verify({ limit: 5 });
    expect(first).toMatchObject({ valid: true, checked: 5, nextSequence: 6 });
    await database.owner`update audit_logs set action = 'x' where ${where()} and seal_sequence = 9`;
    expect(await verify({ fromSequence: 6 })).toMatchObject({ valid: false, checked: 8, nextSequence: null });
  });

  it('lets contents be erased and still proves that the row was there', async () => {
    await write(2, ENTITY);
    await seal();
    expect(await tenant.run((ctx) => eraseAuditContents(ctx, 'thing', [ENTITY]))).toBe(2);
    expect(await verify()).toMatchObject({ valid: true, checked: 3, erased: 2 });
    const rows =
      await database.owner`select before, after, salt from audit_logs where ${where()} and erased_at is not null`;
    expect(rows).toEqual([
      { before: null, after: null, salt: null },
      { before: null, after: null, salt: null },
    ]);
    await database.owner`update audit_logs set action = 'x' where ${where()} and seal_sequence = 2`;
    expect((await verify()).problems).toMatchObject([{ kind: 'row_changed', sequence: 2 }]);
  });

  it('refuses changes and deletions by those who serve organizations', async () => {
    await sealed(1);
    const change = tenant.run((ctx) =>
      ctx.tx
        .updateTable('audit_logs')
        .set({ after: JSON.stringify({}) })
        .execute(),
    );
    await expect(change).rejects.toMatchObject({ code: '42501' });
    const remove = tenant.run((ctx) => ctx.tx.deleteFrom('audit_logs').execute());
    await expect(remove).rejects.toMatchObject({ code: '42501' });
    const reseal = tenant.run((ctx) => ctx.tx.updateTable('audit_seals').set({ sequence: 9 }).execute());
    await expect(reseal).rejects.toMatchObject({ code: '42501' });
    await expect(database.platform.selectFrom('audit_logs').select('before').execute()).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('sealers', () => {
  it('of several workers make one chain of rows that come in meanwhile', async () => {
    const writers = Promise.all(Array.from({ length: 8 }, () => write(40)));
    let isDone = false;
    void writers.then(() => {
      isDone = true;
    });
    const work = async () => {
      while (!isDone) await seal();
    };
    await Promise.all([writers, work(), work(), work()]);
    await seal();
    expect(await verify()).toMatchObject({ valid: true, checked: 321, unsealed: 0 });
  });

  it.each(['audit.inside-seal', 'audit.after-seal'])('may be killed at %s, and another one goes on', async (point) => {
    await write(30);
    expect(await runScript('seal-and-die.ts', database.url, point)).toBe('SIGKILL');
    const [{ count } = { count: 0 }] = await database.owner<{ count: number }[]>`
      select count(*)::int as count from audit_seals where ${where()}`;
    expect(count).toBe(point === 'audit.inside-seal' ? 0 : 31);
    await write(3);
    await seal();
    expect(await verify()).toMatchObject({ valid: true, checked: 34, unsealed: 0 });
  });
});

describe('refused attempts', () => {
  const denial = (operationId: string, at = NOW) => ({
    organizationId: tenant.organizationId,
    principal: { kind: 'api_key' as const, id: ENTITY, userId: null },
    code: 'FORBIDDEN',
    operationId,
    permission: 'vendors.edit',
    requestId: 'r',
    at,
  });
  const rows = () => database.owner<{ after: Record<string, unknown> }[]>`
    select after from audit_logs where ${where()} and action = 'access.denied' and outcome = 'denied' order by id`;

  it('are written once a minute each, with the number of repetitions', async () => {
    const log = createDenialLog(database.app, (error) => expect.fail(String(error)));
    for (let i = 0; i < 1_000; i++) log.record(denial('createVendor'));
    await log.flush();
    log.record(denial('createVendor', new Date(NOW.getTime() + 61_000)));
    await log.flush();
    expect((await rows()).map((row) => row.after)).toEqual([
      { code: 'FORBIDDEN', operationId: 'createVendor', permission: 'vendors.edit' },
      { code: 'FORBIDDEN', operationId: 'createVendor', permission: 'vendors.edit', repeatedBefore: 999 },
    ]);
  });

  it('are at most 60 a minute for an organization, however many different ones there are', async () => {
    const log = createDenialLog(database.app, (error) => expect.fail(String(error)));
    for (let i = 0; i < 5_000; i++) log.record(denial(`operation${i}`));
    await log.flush();
    expect(await rows()).toHaveLength(60);
  });
});
