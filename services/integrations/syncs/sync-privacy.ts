import { sql } from 'kysely';
import { ERASED } from '../../../domain/data/privacy.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { prospectsOfPerson } from '../../crm/index.ts';
import type { PersonRecords } from '../../data/index.ts';

/**
 * What providers said about the person's records. Addresses and numbers were taken out when it was written down
 * (`withoutPersons`); a name may still stand in it.
 */
async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const { rows: keys } = await sql<{ key: string }>`
    with person as materialized (
      select id from prospects where organization_id = ${ctx.organizationId} and id in ${prospectsOfPerson(ctx, recordIds)})
    select id::text as key from person
    union
    select r.external_id from integration_records r join person on person.id = r.local_id
    where r.organization_id = ${ctx.organizationId}`.execute(ctx.tx);
  const theirs = sql`any(${sql.val(keys.map(({ key }) => key))}::text[])`;
  const quarantined = await sql`
    update integration_quarantine set message = ${ERASED}
    where organization_id = ${ctx.organizationId} and record_key = ${theirs} and message <> ${ERASED}`.execute(ctx.tx);
  const isTold = sql`line ->> 'record' = ${theirs} and line ->> 'message' <> ${ERASED}`;
  const reports = await sql`
    update integration_syncs set report = (
      select jsonb_agg(case when ${isTold} then jsonb_set(line, '{message}', to_jsonb(${ERASED}::text)) else line end
                       order by place)
      from jsonb_array_elements(report) with ordinality as told(line, place))
    where organization_id = ${ctx.organizationId}
      and exists (select from jsonb_array_elements(report) as told(line) where ${isTold})`.execute(ctx.tx);
  return {
    integration_quarantine: Number(quarantined.numAffectedRows ?? 0n),
    integration_syncs: Number(reports.numAffectedRows ?? 0n),
  };
}

/** Copies of the records themselves are not kept here, so an export finds nothing more. */
export const SYNC_RECORDS: PersonRecords = { erase, sections: {} };
