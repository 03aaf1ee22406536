import { sql } from 'kysely';
import type { ProspectRow } from '../../../domain/crm/prospect.input.ts';
import type { Ctx } from '../../core/context.ts';
import { type ChangedRecord, keptOf } from '../../platform/imports/index.ts';
import { linkCustomers } from '../prospects/customer-link.ts';
import { domainOf } from './find-prospects.ts';
import type { Candidate } from './store-prospects.ts';

interface Write {
  readonly candidate: Candidate;
  readonly id: string;
}

/** Columns that a row may fill, with their types. */
const COLUMNS: readonly (readonly [column: string, type: string, field: keyof ProspectRow])[] = [
  ['email', 'text', 'email'],
  ['phone', 'text', 'phone'],
  ['linkedin_url', 'text', 'linkedinUrl'],
  ['first_name', 'text', 'firstName'],
  ['last_name', 'text', 'lastName'],
  ['title', 'text', 'title'],
  ['company', 'text', 'company'],
  ['account_id', 'uuid', 'accountId'],
  ['status', 'text', 'status'],
  ['relationship_stage', 'text', 'relationshipStage'],
  ['priority_score', 'integer', 'priorityScore'],
  ['qualification_score', 'integer', 'qualificationScore'],
  ['time_zone', 'text', 'timeZone'],
  ['language', 'text', 'language'],
  ['country', 'text', 'country'],
  ['source', 'text', 'source'],
  ['owner_id', 'uuid', 'ownerId'],
  ['team_id', 'uuid', 'teamId'],
];
const NAMES = COLUMNS.map(([column]) => column);
const ALL = [...NAMES, 'email_key', 'phone_key'];
const SHAPE = [
  'id uuid',
  ...COLUMNS.map(([column, type]) => `${column} ${type}`),
  'email_key text',
  'phone_key text',
  'custom jsonb',
].join(', ');

const recordOf = ({ candidate: { row, emailKey, phoneKey }, id }: Write): Record<string, unknown> => ({
  ...Object.fromEntries(COLUMNS.map(([column, , field]) => [column, row[field]])),
  id,
  email_key: emailKey,
  phone_key: phoneKey,
  custom: Object.fromEntries(Object.entries(row.custom ?? {}).filter(([, value]) => value !== null)),
});

/** Ids that were inserted: one whose address came from elsewhere meanwhile is missing. */
export async function insertProspects(
  ctx: Ctx,
  inserts: readonly Write[],
  { accounts, teamId }: { accounts: ReadonlyMap<string, string>; teamId: string | null },
): Promise<Set<string>> {
  if (inserts.length === 0) return new Set();
  const records = inserts.map((insert) => {
    const { row } = insert.candidate;
    const account = row.accountId ?? (row.email ? accounts.get(domainOf(row.email)!) : undefined);
    return {
      ...recordOf(insert),
      account_id: account,
      team_id: row.teamId ?? teamId,
      status: row.status ?? 'new',
      relationship_stage: row.relationshipStage ?? 'cold',
    };
  });
  const columns = sql.raw(['id', ...ALL, 'custom'].join(', '));
  const { rows } = await sql<{ id: string }>`
    insert into prospects (${columns})
    select ${columns} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as given(${sql.raw(SHAPE)})
    on conflict (organization_id, email_lower) where deleted_at is null do nothing
    returning id`.execute(ctx.tx);
  return new Set(rows.map((row) => row.id));
}

export interface UpdatedProspect {
  readonly id: string;
  readonly version: number;
  /** What the columns held that a row may fill. */
  readonly before: Readonly<Record<string, unknown>>;
}

const HELD = sql.raw(
  `jsonb_build_object(${[...ALL, 'custom'].map((column) => `'${column}', p.${column}`).join(', ')})`,
);

/** By id, those that really changed. An empty cell leaves a value as it is. */
export async function updateProspects(ctx: Ctx, changes: readonly Write[]): Promise<Map<string, UpdatedProspect>> {
  if (changes.length === 0) return new Map();
  const merged = (column: string) => `coalesce(g.${column}, p.${column})`;
  const { rows } = await sql<UpdatedProspect>`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(changes.map(recordOf))}::jsonb) as given(${sql.raw(SHAPE)})),
    before as materialized (
      select p.id, p.status, ${HELD} as held from prospects p join given g on g.id = p.id
      where p.organization_id = ${ctx.organizationId}),
    changed as (
      update prospects p
      set ${sql.raw(ALL.map((column) => `${column} = ${merged(column)}`).join(', '))}, custom = p.custom || g.custom
      from given g
      where p.organization_id = ${ctx.organizationId} and p.id = g.id
        and (${sql.raw(NAMES.map(merged).join(', '))}, p.custom || g.custom)
          is distinct from (${sql.raw(NAMES.map((column) => `p.${column}`).join(', '))}, p.custom)
      returning p.id, p.version, p.status, p.account_id),
    told as (
      insert into activities (type, subject, occurred_at, prospect_id, account_id, data)
      select 'status_changed', 'Status: ' || before.status || ' → ' || changed.status, ${ctx.now}, changed.id,
             changed.account_id, jsonb_build_object('from', before.status, 'to', changed.status)
      from changed join before on before.id = changed.id and before.status <> changed.status)
    select changed.id, changed.version, before.held as before
    from changed join before on before.id = changed.id`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Gives prospects what they held before an import, unless somebody has changed them or taken the address since. */
export async function restoreProspects(ctx: Ctx, records: readonly ChangedRecord[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with given as materialized (
      select record.id as record_id, record.version, held.*
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as record(id uuid, version integer, before jsonb)
      cross join lateral jsonb_to_record(record.before) as held(${sql.raw(SHAPE.replace('id uuid, ', ''))})),
    restored as (
      update prospects p
      set ${sql.raw([...ALL, 'custom'].map((column) => `${column} = g.${column}`).join(', '))}
      from given g
      join prospects before on before.organization_id = ${ctx.organizationId} and before.id = g.record_id
      where p.organization_id = ${ctx.organizationId} and p.id = g.record_id and p.version = g.version
        and p.deleted_at is null
        and not exists (
          select from prospects other
          where other.organization_id = p.organization_id and other.email_lower = lower(g.email)
            and other.id <> p.id and other.deleted_at is null)
      returning p.id, p.account_id, before.status as was, p.status as is_now),
    told as (
      insert into activities (type, subject, occurred_at, prospect_id, account_id, data)
      select 'status_changed', 'Status: ' || was || ' → ' || is_now, ${ctx.now}, id, account_id,
             jsonb_build_object('from', was, 'to', is_now)
      from restored where was <> is_now)
    select id from restored`.execute(ctx.tx);
  if (rows.length > 0) await linkCustomers(ctx, { prospectIds: rows.map(({ id }) => id) });
  return keptOf(records, rows);
}
