import { stringify } from 'csv-stringify/sync';
import { type RawBuilder, sql } from 'kysely';
import type { Filter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import { AUDIT_FIELDS } from '../../../domain/platform/audit-fields.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { defineFilter, filterCondition, orderOf, searchCondition } from '../../core/filter.ts';

export interface AuditLogView {
  id: string;
  createdAt: Date;
  action: string;
  outcome: 'success' | 'denied';
  actorKind: 'user' | 'api_key' | 'write_key' | 'anonymous' | 'system';
  actorId: string | null;
  /** An e-mail address, or the name of a key. */
  actorName: string | null;
  /** The owner of the key that acted. */
  onBehalfOf: string | null;
  entityType: string;
  entityId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string | null;
  /** Place in the sealed chain; null in the first seconds. */
  sequence: number | null;
  erasedAt: Date | null;
}

const a = (column: string) => sql.ref(`a.${column}`);

const AUDIT_FILTER = defineFilter(AUDIT_FIELDS, {
  id: a('id'),
  createdAt: a('created_at'),
  action: a('action'),
  entityType: a('entity_type'),
  entityId: a('entity_id'),
  actorKind: a('actor_kind'),
  actorId: a('actor_id'),
  onBehalfOf: a('on_behalf_of'),
  outcome: a('outcome'),
  requestId: a('request_id'),
  sequence: a('seal_sequence'),
});

const COLUMNS = sql`
  a.id, a.created_at as "createdAt", a.action, a.outcome, a.actor_kind as "actorKind", a.actor_id as "actorId",
  coalesce(u.email, k.name) as "actorName", a.on_behalf_of as "onBehalfOf", a.entity_type as "entityType",
  a.entity_id as "entityId", a.before, a.after, a.request_id as "requestId", a.seal_sequence as sequence,
  a.erased_at as "erasedAt"`;

const JOINS = sql`
  left join users u on u.organization_id = a.organization_id and u.id = a.actor_id and a.actor_kind = 'user'
  left join api_keys k on k.organization_id = a.organization_id and k.id = a.actor_id and a.actor_kind = 'api_key'`;

/** Totals are exact up to here: counting a log of years would cost more than anybody wants of it. */
const COUNTED_ROWS = 100_000;

export interface AuditConditions {
  action?: string | undefined;
  entityType?: string | undefined;
  entityId?: string | undefined;
  /** Who acted: a person or a key, also a key's owner. */
  actorId?: string | undefined;
  outcome?: 'success' | 'denied' | undefined;
  filter?: Filter | undefined;
  q?: string | undefined;
}

async function conditionsOf(ctx: Ctx, input: AuditConditions): Promise<RawBuilder<unknown>> {
  const { action, entityType, entityId, actorId, outcome } = input;
  return sql.join(
    [
      sql`a.organization_id = ${ctx.organizationId}`,
      ...(action ? [sql`a.action = ${action}`] : []),
      ...(entityType ? [sql`a.entity_type = ${entityType}`] : []),
      ...(entityId ? [sql`a.entity_id = ${entityId}`] : []),
      ...(actorId ? [sql`(a.actor_id = ${actorId} or a.on_behalf_of = ${actorId})`] : []),
      ...(outcome ? [sql`a.outcome = ${outcome}`] : []),
      searchCondition(AUDIT_FILTER, input.q),
      await filterCondition(ctx, AUDIT_FILTER, input.filter),
    ],
    sql` and `,
  );
}

export interface ListAuditLogsInput extends AuditConditions {
  page: number;
  limit: number;
  sort: readonly SortKey[];
}

/** The total is exact up to 100,000 and stays there beyond. */
export const listAuditLogs = verb(
  { permission: 'audit.view' },
  async (ctx, input: ListAuditLogsInput): Promise<{ items: AuditLogView[]; total: number }> => {
    const where = await conditionsOf(ctx, input);
    const order = orderOf(AUDIT_FILTER, input.sort, sql`a.id`);
    const { rows } = await sql<AuditLogView & { total: number; present: boolean | null }>`
      select counted.total, page.*
      from (select count(*)::integer as total
            from (select from audit_logs a where ${where} limit ${COUNTED_ROWS}::integer) c) counted
      left join lateral (
        select true as present, ${COLUMNS}
        from (select a.* from audit_logs a where ${where}
              order by ${order} limit ${input.limit}::integer offset ${(input.page - 1) * input.limit}::bigint) a
        ${JOINS} order by ${order}
      ) page on true`.execute(ctx.tx);
    return {
      items: rows.flatMap(({ total: _, present, ...row }) => (present ? [row] : [])),
      total: rows[0]!.total,
    };
  },
);

const EXPORTED = [
  'sequence',
  'createdAt',
  'action',
  'outcome',
  'actorKind',
  'actorId',
  'actorName',
  'onBehalfOf',
  'entityType',
  'entityId',
  'requestId',
  'before',
  'after',
] as const;
const EXPORTED_PER_PAGE = 2_000;

/** Newest first, as CSV, page by page. Cells that a spreadsheet would take for formulas are defused. */
export const exportAuditLogs = verb(
  { permission: 'audit.view' },
  async (ctx, input: AuditConditions & { after: string | null }): Promise<{ text: string; next: string | null }> => {
    const beyond = input.after === null ? sql`true` : sql`a.id < ${input.after}::uuid`;
    const { rows } = await sql<AuditLogView>`
      select ${COLUMNS} from audit_logs a ${JOINS} where ${await conditionsOf(ctx, input)} and ${beyond}
      order by a.id desc limit ${EXPORTED_PER_PAGE}::integer`.execute(ctx.tx);
    return {
      text: stringify(rows, {
        columns: EXPORTED.map((key) => ({
          key,
          header: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        })),
        header: input.after === null,
        escape_formulas: true,
        record_delimiter: '\r\n',
        cast: { date: (date) => date.toISOString(), object: (value) => JSON.stringify(value) },
      }),
      next: rows.length === EXPORTED_PER_PAGE ? rows.at(-1)!.id : null,
    };
  },
);
