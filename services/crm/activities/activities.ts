import { type RawBuilder, sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { ActivityType, MANUAL_ACTIVITY_TYPES } from '../../../domain/crm/activity.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { containing } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { readAccount } from '../accounts/account-view.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { requireRecords } from '../references.ts';
import { logActivity } from './log-activity.ts';

export interface ActivityView {
  id: string;
  type: ActivityType;
  subject: string | null;
  notes: string | null;
  occurredAt: Date;
  prospectId: string | null;
  accountId: string | null;
  dealId: string | null;
  userId: string | null;
  userName: string | null;
  sourceType: string | null;
  sourceId: string | null;
  data: Record<string, unknown>;
  createdAt: Date;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  a.id, a.type, a.subject, a.notes, a.occurred_at as "occurredAt", a.prospect_id as "prospectId",
  a.account_id as "accountId", a.deal_id as "dealId", a.user_id as "userId",
  (select nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') from users u
   where u.organization_id = a.organization_id and u.id = a.user_id) as "userName",
  a.source_type as "sourceType", a.source_id as "sourceId", a.data, a.created_at as "createdAt"`);

export interface ListActivitiesInput extends PageInput {
  type?: ActivityType | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
  userId?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
  /** Part of subject or notes. */
  q?: string | undefined;
}

async function readActivities(ctx: Ctx, input: ListActivitiesInput): Promise<{ items: ActivityView[]; total: number }> {
  const equal = (column: string, value: string | undefined) =>
    value === undefined ? [] : [sql`a.${sql.raw(column)} = ${value}`];
  const conditions = sql.join(
    [
      sql`a.organization_id = ${ctx.organizationId}`,
      sql`a.deleted_at is null`,
      ...equal('type', input.type),
      ...equal('prospect_id', input.prospectId),
      ...equal('account_id', input.accountId),
      ...equal('deal_id', input.dealId),
      ...equal('user_id', input.userId),
      ...(input.from === undefined ? [] : [sql`a.occurred_at >= ${input.from}`]),
      ...(input.until === undefined ? [] : [sql`a.occurred_at <= ${input.until}`]),
      ...(input.q === undefined
        ? []
        : [sql`(a.subject ilike ${containing(input.q)} or a.notes ilike ${containing(input.q)})`]),
    ],
    sql` and `,
  );
  const { rows, total } = await readPage(input, async (limit, offset) => {
    const page = await sql<ActivityView & { total: number }>`
      select ${COLUMNS}, (select count(*) from activities a where ${conditions})::integer as total
      from activities a where ${conditions}
      order by a.occurred_at desc, a.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
    return page.rows;
  });
  return { items: rows.map(({ total: _, ...row }) => row), total };
}

/** Latest first. */
export const listActivities = verb({ permission: 'activities.view' }, readActivities);

/** The timeline of a prospect, latest first. @throws AppError not_found. */
export const listProspectActivities = verb(
  { permission: 'activities.view' },
  async (ctx, input: ListActivitiesInput & { prospectId: string }) => {
    await readProspect(ctx, input.prospectId);
    return readActivities(ctx, input);
  },
);

/** The timeline of an account: its own lines and those of its people and deals. @throws AppError not_found. */
export const listAccountActivities = verb(
  { permission: 'activities.view' },
  async (ctx, input: ListActivitiesInput & { accountId: string }) => {
    await readAccount(ctx, input.accountId);
    return readActivities(ctx, input);
  },
);

export interface LogManualInput {
  type: (typeof MANUAL_ACTIVITY_TYPES)[number];
  subject?: string | null | undefined;
  notes?: string | null | undefined;
  occurredAt?: Date | undefined;
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  dealId?: string | null | undefined;
}

/** A line that a person writes. @throws AppError validation; not_found for the prospect of the path. */
export const logManualActivity = verb(
  { permission: 'activities.edit' },
  async (ctx, input: LogManualInput): Promise<ActivityView> => {
    if (!input.subject && !input.notes) throw invalid('notes', 'is required when there is no subject');
    if (!input.prospectId && !input.accountId && !input.dealId) {
      throw invalid('prospectId', 'is required when neither accountId nor dealId is given');
    }
    await requireRecords(ctx, input);
    const id = await logActivity(ctx, input);
    const { rows } = await sql<ActivityView>`
      select ${COLUMNS} from activities a
      where a.organization_id = ${ctx.organizationId} and a.id = ${id}`.execute(ctx.tx);
    return rows[0]!;
  },
);
