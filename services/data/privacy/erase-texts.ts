import { type RawBuilder, sql } from 'kysely';
import { WEAK_TYPES } from '../../../domain/data/identifier.rules.ts';
import { ERASED, type RetentionStep } from '../../../domain/data/privacy.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** Whose texts: those of these records, or all that are older. */
export type TextScope = { readonly recordIds: readonly string[] } | { readonly before: Date };

/** Rows of one transaction. */
export const ERASE_BATCH = 1_000;

interface TextTable {
  readonly table: string;
  readonly timeColumn: string;
  /** Column → what stands there afterwards. */
  readonly blank: Readonly<Record<string, null | string>>;
}

const TABLES: Readonly<Record<RetentionStep, TextTable>> = {
  interactions: {
    table: 'interactions',
    timeColumn: 'started_at',
    blank: { transcript_url: null, click_id: null, metadata: null, void_reason: null },
  },
  interactions_history: {
    table: 'interactions_history',
    timeColumn: 'started_at',
    blank: { transcript_url: null, click_id: null, metadata: null, void_reason: null },
  },
  conversions: { table: 'conversions', timeColumn: 'occurred_at', blank: { metadata: null, void_reason: null } },
  conversions_history: {
    table: 'conversions_history',
    timeColumn: 'occurred_at',
    blank: { metadata: null, void_reason: null },
  },
  events: { table: 'events', timeColumn: 'occurred_at', blank: { url: null, properties: null, session_id: null } },
  page_views: {
    table: 'website_page_views',
    timeColumn: 'occurred_at',
    blank: { url: ERASED, path: ERASED, title: null, referrer: null, utm: null, session_id: ERASED },
  },
};

/** Blanks one batch of rows that still hold a text. @returns how many; fewer than `ERASE_BATCH`: all are done. */
export async function eraseTexts(ctx: Ctx, step: RetentionStep, scope: TextScope): Promise<number> {
  const { table, timeColumn, blank } = TABLES[step];
  const columns = Object.entries(blank);
  const set = columns.map(
    ([column, value]) => sql`${sql.ref(column)} = ${value === null ? sql`null` : sql.lit(value)}`,
  );
  const filled = columns.map(([column, value]) =>
    value === null ? sql`f.${sql.ref(column)} is not null` : sql`f.${sql.ref(column)} <> ${sql.lit(value)}`,
  );
  const owned =
    'before' in scope
      ? sql`f.${sql.ref(timeColumn)} < ${scope.before}`
      : sql`f.customer_id = any(${sql.val(scope.recordIds)}::uuid[])`;
  // A row of the history is one version of its fact; ctid finds each of them.
  const { rows } = await sql<{ id: string; version: number }>`
    update ${sql.table(table)} set ${sql.join(set)}
    where organization_id = ${ctx.organizationId} and ctid = any(array(
      select f.ctid from ${sql.table(table)} f
      where f.organization_id = ${ctx.organizationId} and ${owned} and (${sql.join(filled, sql` or `)})
      limit ${ERASE_BATCH}::integer for no key update))
    returning id, ${step === 'interactions' ? sql`version` : sql`0 as version`}`.execute(ctx.tx);
  if (step === 'interactions' && rows.length > 0) await keepParticipants(ctx, rows);
  return rows.length;
}

/** The row's version went up with the change; who took part is the same, and so is everybody's credit. */
async function keepParticipants(ctx: Ctx, rows: readonly { id: string; version: number }[]): Promise<void> {
  await sql`
    insert into interaction_participants
      (organization_id, interaction_id, interaction_version, ordinal, role, agent_id, team_id, share)
    select p.organization_id, p.interaction_id, changed.version, p.ordinal, p.role, p.agent_id, p.team_id, p.share
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as changed(id uuid, version integer)
    join interaction_participants p on p.organization_id = ${ctx.organizationId} and p.interaction_id = changed.id
      and p.interaction_version = changed.version - 1`.execute(ctx.tx);
}

/** Deletes a batch of old events or page views of nobody, or of visitors who never bought nor said who they are. */
export async function deleteAnonymous(ctx: Ctx, step: 'events' | 'page_views', before: Date): Promise<number> {
  const { table } = TABLES[step];
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = any(array(
      select f.id from ${sql.table(table)} f
      where f.organization_id = ${ctx.organizationId} and f.occurred_at < ${before}
        and (f.customer_id is null or not ${isKnown(ctx, 'f.customer_id')})
      limit ${ERASE_BATCH}::integer))`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

/** Some record of the person bought something, or has an identifier that is more than a browser. */
const isKnown = (ctx: Ctx, column: string): RawBuilder<unknown> => sql`exists (
  select from (
    select coalesce((select l.canonical_id from identity_links l
                     where l.organization_id = ${ctx.organizationId} and l.customer_id = ${sql.ref(column)}
                       and l.ended_xid is null), ${sql.ref(column)}) as id
  ) person
  join lateral (
    select person.id union all
    select m.customer_id from identity_links m
    where m.organization_id = ${ctx.organizationId} and m.canonical_id = person.id and m.ended_xid is null
  ) record on true
  where exists (
      select from customer_identifiers i
      where i.organization_id = ${ctx.organizationId} and i.customer_id = record.id
        and i.type <> all(${sql.val([...WEAK_TYPES])}::text[]))
    or exists (select from conversions c where c.organization_id = ${ctx.organizationId} and c.customer_id = record.id))`;
