import { type RawBuilder, sql } from 'kysely';
import { ERASED } from '../../../domain/data/privacy.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { eraseAnswersNaming, eraseFilesOf, type PersonRecords, type PersonSection } from '../../data/index.ts';
import { eraseAuditContents } from '../../platform/audit/index.ts';
import { eraseRecipient } from '../../platform/sends/index.ts';
import { prospectDeleted } from '../events.ts';

/**
 * Prospects of a person: those that are linked to them, those that have one of their addresses and no link (deleted ones),
 * and what was merged into either.
 */
export const prospectsOfPerson = (ctx: Ctx, recordIds: readonly string[]): RawBuilder<unknown> => {
  const records = sql`${sql.val([...recordIds])}::uuid[]`;
  return sql`(
    with recursive own as (
      select p.id from prospects p
      where p.organization_id = ${ctx.organizationId} and (
        p.customer_id = any(${records})
        or (p.customer_id is null and exists (
          select from customer_identifiers i
          where i.organization_id = ${ctx.organizationId} and i.customer_id = any(${records})
            and ((i.type = 'email' and i.value = p.email_key) or (i.type = 'phone' and i.value = p.phone_key)))))
      union
      select p.id from own
      join prospects p on p.organization_id = ${ctx.organizationId} and p.merged_into_id = own.id)
    select id from own)`;
};

const section = (table: string, column = 'prospect_id'): PersonSection => ({
  table,
  belongs: (ctx, recordIds) => sql`${sql.ref(column)} in ${prospectsOfPerson(ctx, recordIds)}`,
});

/** Blanks columns of rows that still tell something. */
async function blank(
  ctx: Ctx,
  table: string,
  column: string,
  ids: readonly string[],
  columns: Readonly<Record<string, RawBuilder<unknown>>>,
): Promise<number> {
  const entries = Object.entries(columns);
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.join(entries.map(([name, value]) => sql`${sql.ref(name)} = ${value}`))}
    where organization_id = ${ctx.organizationId} and ${sql.ref(column)} = any(${sql.val([...ids])}::uuid[])
      and (${sql.join(
        entries.map(([name, value]) => sql`${sql.ref(name)} is distinct from ${value}`),
        sql` or `,
      )})
    `.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

const NOTHING = sql`null`;
const EMPTY = sql`'{}'::jsonb`;
const NAMELESS = sql`${ERASED}::text`;

const PROSPECT_COLUMNS = {
  ...Object.fromEntries(
    ['email', 'phone', 'email_key', 'phone_key', 'linkedin_url', 'first_name', 'title', 'company', 'time_zone'].map(
      (column) => [column, NOTHING],
    ),
  ),
  ...Object.fromEntries(['language', 'country', 'source', 'enrichment_reason'].map((column) => [column, NOTHING])),
  last_name: NAMELESS,
  custom: EMPTY,
  enrichment_data: EMPTY,
  ai_insights: EMPTY,
  status: sql`'do_not_contact'`,
};

/** Rows that hang on a prospect, with what of them tells of the person. */
const HANGING: Readonly<Record<string, Readonly<Record<string, RawBuilder<unknown>>>>> = {
  activities: { subject: NOTHING, notes: NOTHING, data: EMPTY },
  call_logs: { phone: NOTHING, notes: NOTHING, outcome: NOTHING },
  meetings: {
    title: NAMELESS,
    location: NOTHING,
    link: NOTHING,
    notes: NOTHING,
    outcome: NOTHING,
    attendees: sql`'[]'::jsonb`,
  },
  tasks: { title: NAMELESS, notes: NOTHING, outcome: NOTHING },
  intent_signals: { title: NOTHING, url: NOTHING, data: EMPTY },
  linkedin_engagements: { content_url: NOTHING, notes: NOTHING },
};

async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string; email: string | null; isAlive: boolean }>`
    select id, email_lower as email, deleted_at is null as "isAlive" from prospects
    where organization_id = ${ctx.organizationId} and id in ${prospectsOfPerson(ctx, recordIds)}
    order by id for update`.execute(ctx.tx);
  const ids = rows.map(({ id }) => id);
  // While the addresses are known, and before the rows that lead to them are blank.
  const addresses = [...new Set([...rows.flatMap(({ email }) => email ?? []), ...(await addressesOf(ctx, recordIds))])];
  const counts: Record<string, number> = {
    mails: await eraseRecipient(ctx, addresses),
    prospect_files: await eraseFilesOf(ctx, ids),
    prospect_answers: await eraseAnswersNaming(ctx, ids),
    notifications: await eraseNotifications(ctx, ids),
  };
  for (const [table, columns] of Object.entries(HANGING)) {
    counts[table] = await blank(ctx, table, 'prospect_id', ids, columns);
  }
  counts.visitors = await blank(ctx, 'website_visitors', 'customer_id', recordIds, {
    last_url: NOTHING,
    first_referrer: NOTHING,
  });
  // What scores were made of names titles and companies.
  counts.predictions = await blank(ctx, 'ai_predictions', 'subject_id', [...ids, ...recordIds], { factors: EMPTY });
  counts.meetings! += await eraseAttendance(ctx, addresses);
  counts.merges = await eraseMerges(ctx, ids);
  counts.prospects = await blank(ctx, 'prospects', 'id', ids, PROSPECT_COLUMNS);
  counts.audit_entries = await eraseAudit(ctx, ids);
  await sql`
    update prospects set deleted_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(ids)}::uuid[]) and deleted_at is null`.execute(
    ctx.tx,
  );
  for (const { id, isAlive } of rows) if (isAlive) await emit(ctx, prospectDeleted, { entityId: id, data: { id } });
  return counts;
}

async function addressesOf(ctx: Ctx, recordIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    select value from customer_identifiers
    where organization_id = ${ctx.organizationId} and type = 'email'
      and customer_id = any(${sql.val([...recordIds])}::uuid[])`.execute(ctx.tx);
  return rows.map(({ value }) => value);
}

/** Entries name fields, not values; what an older one tells all the same goes, once it is sealed. */
async function eraseAudit(ctx: Ctx, ids: readonly string[]): Promise<number> {
  let count = await eraseAuditContents(ctx, 'prospect', ids);
  for (const [table, entityType] of [
    ['call_logs', 'call_log'],
    ['meetings', 'meeting'],
    ['tasks', 'task'],
  ] as const) {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)}
      where organization_id = ${ctx.organizationId} and prospect_id = any(${sql.val([...ids])}::uuid[])`.execute(
      ctx.tx,
    );
    count += await eraseAuditContents(
      ctx,
      entityType,
      rows.map(({ id }) => id),
    );
  }
  return count;
}

/** Meetings with others that the person was invited to. */
async function eraseAttendance(ctx: Ctx, addresses: readonly string[]): Promise<number> {
  const isTheirs = sql`lower(guest ->> 'email') = any(${sql.val([...addresses])}::text[])`;
  const { numAffectedRows } = await sql`
    update meetings set attendees = coalesce((
      select jsonb_agg(guest order by place) from jsonb_array_elements(attendees) with ordinality as a(guest, place)
      where ${isTheirs} is not true), '[]')
    where organization_id = ${ctx.organizationId}
      and exists (select from jsonb_array_elements(attendees) guest where ${isTheirs})`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

/** Titles of notices name the person, their meetings and what was to be done. */
async function eraseNotifications(ctx: Ctx, ids: readonly string[]): Promise<number> {
  const own = sql`${sql.val([...ids])}::uuid[]`;
  const { numAffectedRows } = await sql`
    delete from notifications
    where organization_id = ${ctx.organizationId} and (
      entity_id = any(${own})
      or entity_id in (select id from meetings where organization_id = ${ctx.organizationId} and prospect_id = any(${own}))
      or entity_id in (select id from tasks where organization_id = ${ctx.organizationId} and prospect_id = any(${own})))`.execute(
    ctx.tx,
  );
  return Number(numAffectedRows ?? 0n);
}

/** A merge remembers what it overwrote; without that it cannot be undone any more. */
async function eraseMerges(ctx: Ctx, ids: readonly string[]): Promise<number> {
  const own = sql`${sql.val([...ids])}::uuid[]`;
  const { numAffectedRows } = await sql`
    update prospect_merges
    set moved = '{"moved": {}, "dropped": {}}', overwritten = '{"columns": {}, "added": {}, "customerMergeId": null}',
        undone_at = coalesce(undone_at, ${ctx.now})
    where organization_id = ${ctx.organizationId} and (source_id = any(${own}) or target_id = any(${own}))
      and overwritten <> '{"columns": {}, "added": {}, "customerMergeId": null}'`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

/** What the customer record knows of a person. Deals and accounts are of companies, and stay. */
export const PROSPECT_RECORDS: PersonRecords = {
  erase,
  sections: {
    prospects: section('prospects', 'id'),
    activities: section('activities'),
    calls: section('call_logs'),
    meetings: section('meetings'),
    tasks: section('tasks'),
    intent_signals: section('intent_signals'),
    linkedin_engagements: section('linkedin_engagements'),
    predictions: section('ai_predictions', 'subject_id'),
  },
};
