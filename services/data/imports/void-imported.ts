import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { type ImportedRecord, keptOf } from '../../platform/imports/index.ts';
import { COLUMNS, type FactTable, THIS_TRANSACTION } from '../facts/versions.ts';

const REASON = 'The upload was undone.';

/**
 * Voids those facts that still have the version their import gave them; the others were corrected or voided since, or
 * have refunds that came another way.
 * @returns the ids of those that were left as they are
 */
export async function voidImported(ctx: Ctx, table: FactTable, records: readonly ImportedRecord[]): Promise<string[]> {
  const ids = sql.val(records.map((record) => record.id));
  const versions = sql.val(records.map((record) => record.version));
  const { rows } = await sql<{ id: string }>`
    select f.id from unnest(${ids}::uuid[], ${versions}::integer[]) as record(id, version)
    join ${sql.table(table)} f on f.organization_id = ${ctx.organizationId} and f.id = record.id
      and f.version = record.version and f.voided_at is null
    order by f.id
    for no key update of f`.execute(ctx.tx);
  const held = rows.map((row) => row.id);
  const refunded = table === 'conversions' ? await refundedElsewhere(ctx, held) : new Set<string>();
  const taken = held.filter((id) => !refunded.has(id));
  const unchanged = sql.val(taken);
  const columns = sql.raw(`organization_id, id, ${COLUMNS[table]}, created_xid, voided_at, void_reason, version`);
  await sql`
    insert into ${sql.table(`${table}_history`)} (${columns}, ended_xid)
    select ${columns}, ${THIS_TRANSACTION} from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = any(${unchanged}::uuid[])`.execute(ctx.tx);
  if (table === 'interactions') {
    // Participants belong to one version of their interaction.
    await sql`
      insert into interaction_participants
        (organization_id, interaction_id, interaction_version, ordinal, role, agent_id, team_id, share)
      select p.organization_id, p.interaction_id, p.interaction_version + 1, p.ordinal, p.role, p.agent_id, p.team_id, p.share
      from interaction_participants p
      join interactions i on i.organization_id = p.organization_id and i.id = p.interaction_id
        and i.version = p.interaction_version
      where p.organization_id = ${ctx.organizationId} and p.interaction_id = any(${unchanged}::uuid[])`.execute(ctx.tx);
  }
  await sql`
    update ${sql.table(table)}
    set voided_at = ${ctx.now}, void_reason = ${REASON}, created_xid = ${THIS_TRANSACTION}
    where organization_id = ${ctx.organizationId} and id = any(${unchanged}::uuid[])`.execute(ctx.tx);
  return keptOf(
    records,
    taken.map((id) => ({ id })),
  );
}

/** Those with refunds that count and are not taken back along with them. */
async function refundedElsewhere(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct refund_of as id from conversions
    where organization_id = ${ctx.organizationId} and refund_of = any(${sql.val(ids)}::uuid[]) and voided_at is null
      and id <> all(${sql.val(ids)}::uuid[])`.execute(ctx.tx);
  return new Set(rows.map((row) => row.id));
}
