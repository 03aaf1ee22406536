import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import type { Clock } from '../../core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../core/context.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import { inTransaction } from '../../core/transaction.ts';
import { contentHash, entryHash, genesisHash, HASHED_COLUMNS, type HashedRow, sealHash } from './chain.ts';

export interface SealerDeps {
  readonly appDb: Db;
  readonly platformDb: Db;
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
}

const ORGANIZATIONS = 100;
const BATCH = 500;

/**
 * Chains the audit rows that have been committed since, organization by organization. Any number of sealers may run,
 * and be killed anywhere: the head of a chain is locked, and a batch is one transaction. Answers how many it sealed.
 */
export async function sealAuditLogs(deps: SealerDeps): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select distinct organization_id as id from audit_logs where seal_sequence is null limit ${ORGANIZATIONS}::integer`.execute(
    deps.platformDb,
  );
  let sealed = 0;
  for (const { id: organizationId } of rows) {
    const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: deps.clock.now() };
    const batch = () => inTransaction(deps.appDb, scope, (ctx) => sealBatch(ctx, deps.faultPoint));
    let count: number;
    do {
      count = await batch();
      sealed += count;
      if (count > 0) await deps.faultPoint('audit.after-seal');
    } while (count === BATCH);
  }
  return sealed;
}

/** Rows are taken in the order of their ids, which is that of their transactions as far as they are committed. */
async function sealBatch(ctx: Ctx, faultPoint: FaultPoint): Promise<number> {
  const head = await lockHead(ctx);
  if (!head) return 0;
  const { rows } = await sql<HashedRow>`
    select ${HASHED_COLUMNS} from audit_logs a
    where a.organization_id = ${ctx.organizationId} and a.seal_sequence is null
    order by a.id limit ${BATCH}::integer`.execute(ctx.tx);
  if (rows.length === 0) return 0;
  let { sequence, hash } = head;
  const seals = rows.map((row) => {
    const salt = randomBytes(16);
    const content = contentHash(salt, row);
    const entry = entryHash(row, content);
    sequence += 1;
    hash = sealHash(sequence, hash, entry);
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    return { sequence, id: row.id, salt: hex(salt), content: hex(content), entry: hex(entry), hash: hex(hash) };
  });
  const recordset = sql`jsonb_to_recordset(${JSON.stringify(seals)}::jsonb)
    as s(sequence bigint, id uuid, salt text, content text, entry text, hash text)`;
  await sql`
    insert into audit_seals (sequence, audit_log_id, content_hash, entry_hash, hash)
    select sequence, id, decode(content, 'hex'), decode(entry, 'hex'), decode(hash, 'hex') from ${recordset}`.execute(
    ctx.tx,
  );
  await faultPoint('audit.inside-seal');
  await sql`
    update audit_logs a set seal_sequence = s.sequence, salt = decode(s.salt, 'hex')
    from ${recordset} where a.organization_id = ${ctx.organizationId} and a.id = s.id`.execute(ctx.tx);
  await ctx.tx
    .updateTable('audit_seal_heads')
    .set({ sequence, hash })
    .where('organization_id', '=', ctx.organizationId)
    .execute();
  return rows.length;
}

/** Null while another sealer holds it. */
async function lockHead(ctx: Ctx): Promise<{ sequence: number; hash: Uint8Array } | null> {
  await sql`
    insert into audit_seal_heads (sequence, hash) values (0, ${genesisHash(ctx.organizationId)})
    on conflict do nothing`.execute(ctx.tx);
  const { rows } = await sql<{ sequence: number; hash: Uint8Array }>`
    select sequence, hash from audit_seal_heads where organization_id = ${ctx.organizationId}
    for update skip locked`.execute(ctx.tx);
  return rows[0] ?? null;
}

/** Takes the contents out of audit rows of an entity; that they were there, and who did what, stays provable. */
export async function eraseAuditContents(ctx: Ctx, entityType: string, entityIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update audit_logs set before = null, after = null, salt = null, erased_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and entity_type = ${entityType} and seal_sequence is not null
      and erased_at is null and entity_id = any(${sql.val(entityIds)}::uuid[])`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}
