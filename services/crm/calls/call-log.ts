import { type RawBuilder, sql } from 'kysely';
import { invalid, notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits, isCurrency, toMinorUnits } from '../../../domain/data/money.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { actingUser, logActivity } from '../activities/log-activity.ts';
import { callChanged, callDeleted, callLogged } from '../events.ts';
import { lockRecord } from '../lock-record.ts';
import { changedFields } from '../prospects/update-prospect.ts';
import { requireRecords } from '../references.ts';
import { findTaskOfCall, fulfilTask } from './call-task.ts';

export const DISPOSITIONS = ['answered', 'voicemail', 'no_answer', 'busy'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export interface CallView {
  id: string;
  prospectId: string | null;
  accountId: string | null;
  dealId: string | null;
  userId: string | null;
  /** The task that it was made for; the touch is credited to what gave the task, such as a step of a cadence. */
  taskId: string | null;
  /** The touch that the call became, once the relay has seen it. */
  interactionId: string | null;
  direction: 'inbound' | 'outbound';
  durationSeconds: number | null;
  disposition: Disposition | null;
  phone: string | null;
  notes: string | null;
  outcome: string | null;
  /** Decimal text in `costCurrency`. */
  cost: string | null;
  costCurrency: string | null;
  occurredAt: Date;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

type Row = Omit<CallView, 'cost'> & { costMinor: number | null };

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  c.id, c.prospect_id as "prospectId", c.account_id as "accountId", c.deal_id as "dealId", c.user_id as "userId", c.task_id as "taskId",
  c.interaction_id as "interactionId", c.direction, c.duration_seconds as "durationSeconds", c.disposition, c.phone,
  c.notes, c.outcome, c.cost_minor as "costMinor", c.cost_currency as "costCurrency", c.occurred_at as "occurredAt",
  c.created_at as "createdAt", c.updated_at as "updatedAt", c.version`);

const toView = ({ costMinor, ...row }: Row): CallView => ({
  ...row,
  cost: costMinor === null ? null : fromMinorUnits(Number(costMinor), row.costCurrency!),
});

/** @throws AppError not_found. */
export async function readCall(ctx: Ctx, id: string): Promise<CallView> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from call_logs c
    where c.organization_id = ${ctx.organizationId} and c.id = ${id} and c.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The call');
  return toView(rows[0]);
}

export const getCall = verb(
  { permission: 'activities.view' },
  (ctx, input: { id: string }): Promise<CallView> => readCall(ctx, input.id),
);

export interface ListCallsInput extends PageInput {
  prospectId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
  userId?: string | undefined;
  taskId?: string | undefined;
  disposition?: Disposition | undefined;
  direction?: 'inbound' | 'outbound' | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

/** Latest first. */
export const listCalls = verb(
  { permission: 'activities.view' },
  async (ctx, input: ListCallsInput): Promise<{ items: CallView[]; total: number }> => {
    const equal = (column: string, value: string | undefined) =>
      value === undefined ? [] : [sql`c.${sql.raw(column)} = ${value}`];
    const conditions = sql.join(
      [
        sql`c.organization_id = ${ctx.organizationId}`,
        sql`c.deleted_at is null`,
        ...equal('prospect_id', input.prospectId),
        ...equal('account_id', input.accountId),
        ...equal('deal_id', input.dealId),
        ...equal('user_id', input.userId),
        ...equal('task_id', input.taskId),
        ...equal('disposition', input.disposition),
        ...equal('direction', input.direction),
        ...(input.from === undefined ? [] : [sql`c.occurred_at >= ${input.from}`]),
        ...(input.until === undefined ? [] : [sql`c.occurred_at <= ${input.until}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, (select count(*) from call_logs c where ${conditions})::integer as total
        from call_logs c where ${conditions}
        order by c.occurred_at desc, c.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);

export interface CallFields {
  durationSeconds?: number | null | undefined;
  disposition?: Disposition | null | undefined;
  phone?: string | null | undefined;
  notes?: string | null | undefined;
  outcome?: string | null | undefined;
  cost?: string | null | undefined;
  costCurrency?: string | null | undefined;
}

export interface LogCallInput extends CallFields {
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  dealId?: string | null | undefined;
  /** Default: who logs it. */
  userId?: string | null | undefined;
  /** The call task that it does; default: an open one of whoever called, to call this person. */
  taskId?: string | null | undefined;
  direction?: 'inbound' | 'outbound' | undefined;
  /** When it began; default: now, less its duration. */
  occurredAt?: Date | undefined;
}

/**
 * Stands in the timeline at once and becomes a touch of the person.
 * @throws AppError validation, also when `taskId` names no call task of the person.
 */
export const logCall = verb({ permission: 'activities.edit' }, async (ctx, input: LogCallInput): Promise<CallView> => {
  if (!input.prospectId && !input.accountId && !input.dealId) {
    throw invalid('prospectId', 'is required when neither accountId nor dealId is given');
  }
  const { userId = actingUser(ctx) } = input;
  await requireRecords(ctx, { ...input, ownerId: input.userId });
  const occurredAt = input.occurredAt ?? new Date(ctx.now.getTime() - (input.durationSeconds ?? 0) * 1000);
  if (occurredAt.getTime() > ctx.now.getTime() + MOST_AHEAD_MS) {
    throw invalid('occurredAt', 'lies ahead', occurredAt.toISOString(), 'Schedule a meeting for what is to come.');
  }
  const direction = input.direction ?? 'outbound';
  const prospectId = input.prospectId ?? null;
  if (input.taskId) await fulfilTask(ctx, { taskId: input.taskId, prospectId, outcome: input.disposition ?? null });
  const taskId = input.taskId ?? (await findTaskOfCall(ctx, { prospectId, userId, direction, occurredAt }));
  const { id } = await ctx.tx
    .insertInto('call_logs')
    .values({
      prospect_id: prospectId,
      account_id: input.accountId ?? null,
      deal_id: input.dealId ?? null,
      user_id: userId,
      task_id: taskId,
      direction,
      ...columnsOf(input),
      occurred_at: occurredAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await logActivity(ctx, {
    type: direction === 'outbound' ? 'call_made' : 'call_received',
    subject: input.disposition ? `Call: ${input.disposition}` : 'Call',
    notes: input.notes ?? null,
    occurredAt,
    prospectId,
    accountId: input.accountId ?? null,
    dealId: input.dealId ?? null,
    userId,
    source: { type: 'call_log', id },
    data: { durationSeconds: input.durationSeconds ?? null, disposition: input.disposition ?? null },
  });
  await audit(ctx, 'call.log', { entityType: 'call_log', entityId: id });
  await emit(ctx, callLogged, { entityId: id, data: { id } });
  return readCall(ctx, id);
});

/** Clocks of two machines differ by less. */
const MOST_AHEAD_MS = 5 * 60 * 1000;

export interface UpdateCallInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: CallFields;
}

/** Partial. @throws AppError not_found; precondition_failed; validation. */
export const updateCall = verb(
  { permission: 'activities.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateCallInput): Promise<CallView> => {
    await lockRecord(ctx, 'call_logs', { id, expectedVersion });
    const before = await readCall(ctx, id);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    if (after.cost === null) after.costCurrency = null;
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    await ctx.tx
      .updateTable('call_logs')
      .set(columnsOf(after))
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await sql`
      update activities set notes = ${after.notes}, subject = ${after.disposition ? `Call: ${after.disposition}` : 'Call'},
        data = ${JSON.stringify({ durationSeconds: after.durationSeconds, disposition: after.disposition })}::jsonb
      where organization_id = ${ctx.organizationId} and source_type = 'call_log' and source_id = ${id}`.execute(ctx.tx);
    await audit(ctx, 'call.update', { entityType: 'call_log', entityId: id, after: { fields: changed } });
    await emit(ctx, callChanged, { entityId: id, data: { id } });
    return readCall(ctx, id);
  },
);

/** Also leaves the timeline, and its touch no longer counts. @throws AppError not_found; precondition_failed. */
export const deleteCall = verb(
  { permission: 'activities.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    await lockRecord(ctx, 'call_logs', input);
    await sql`
      with gone as (
        update activities set deleted_at = ${ctx.now}
        where organization_id = ${ctx.organizationId} and source_type = 'call_log' and source_id = ${input.id})
      update call_logs set deleted_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id = ${input.id}`.execute(ctx.tx);
    await audit(ctx, 'call.delete', { entityType: 'call_log', entityId: input.id });
    await emit(ctx, callDeleted, { entityId: input.id, data: { id: input.id } });
    return { id: input.id };
  },
);

const columnsOf = (fields: CallFields) => ({
  duration_seconds: fields.durationSeconds ?? null,
  disposition: fields.disposition ?? null,
  phone: fields.phone ?? null,
  notes: fields.notes ?? null,
  outcome: fields.outcome ?? null,
  ...costColumns(fields),
});

/** @throws AppError validation when a cost has no currency, or one that cannot express it. */
export function costColumns({ cost, costCurrency }: Pick<CallFields, 'cost' | 'costCurrency'>) {
  if (cost === null || cost === undefined) return { cost_minor: null, cost_currency: null };
  if (!costCurrency) throw invalid('costCurrency', 'is required with a cost');
  if (!isCurrency(costCurrency)) throw invalid('costCurrency', 'is not an ISO 4217 currency', costCurrency);
  const minor = toMinorUnits(cost, costCurrency);
  if (!minor.ok || minor.minor < 0) throw invalid('cost', minor.ok ? 'must be 0 or more' : minor.reason, cost);
  return { cost_minor: minor.minor, cost_currency: costCurrency };
}
