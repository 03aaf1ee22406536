import { type RawBuilder, sql } from 'kysely';
import type { CallPurpose } from '../../../domain/agent/model.port.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const CALL_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export interface ModelCallView {
  readonly id: string;
  readonly purpose: CallPurpose;
  readonly promptVersion: string;
  readonly provider: string;
  readonly model: string;
  readonly status: CallStatus;
  readonly failure: string | null;
  readonly userId: string | null;
  readonly prospectId: string | null;
  readonly executionId: string | null;
  readonly approvalId: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reservedMicros: number;
  readonly countedMicros: number | null;
  readonly costMicros: number | null;
  readonly priceId: string | null;
  readonly latencyMs: number | null;
  readonly askedAt: Date;
  readonly settledAt: Date | null;
  readonly redactedAt: Date | null;
}

export interface ModelCallTrace extends ModelCallView {
  readonly system: string | null;
  readonly request: string | null;
  readonly answer: string | null;
}

const COLUMNS = sql.raw(`
  c.id, c.purpose, c.prompt as "promptVersion", c.provider, c.model, c.status, c.failure, c.user_id as "userId",
  c.prospect_id as "prospectId", c.execution_id as "executionId", c.approval_id as "approvalId",
  c.input_tokens as "inputTokens", c.output_tokens as "outputTokens", c.cached_tokens as "cachedTokens",
  c.reserved_micros as "reservedMicros", c.counted_micros as "countedMicros", c.cost_micros as "costMicros",
  c.price_id as "priceId", c.latency_ms as "latencyMs", c.asked_at as "askedAt", c.settled_at as "settledAt",
  c.redacted_at as "redactedAt"`);

/** Calls about nobody have no team: who is limited to teams sees their own and those about prospects they may see. */
const visible = (ctx: Ctx): RawBuilder<boolean> =>
  ctx.principal.allowedTeamIds
    ? sql`(c.user_id = ${ctx.principal.userId ?? null}::uuid or exists (
        select from prospects p where p.organization_id = ${ctx.organizationId} and p.id = c.prospect_id))`
    : sql`true`;

export interface ListModelCallsInput extends PageInput {
  purpose?: CallPurpose | undefined;
  model?: string | undefined;
  status?: CallStatus | undefined;
  promptVersion?: string | undefined;
  userId?: string | undefined;
  prospectId?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

/** Traces hold what is known of people, so they are for those who run the agent. */
export const listModelCalls = verb(
  { permission: 'bdr.configure' },
  async (ctx, input: ListModelCallsInput): Promise<{ items: ModelCallView[]; total: number }> => {
    const equals = (column: string, type: 'text' | 'uuid', value: string | undefined) =>
      value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}::${sql.raw(type)}`;
    const where = sql.join(
      [
        sql`c.organization_id = ${ctx.organizationId}`,
        visible(ctx),
        equals('c.purpose', 'text', input.purpose),
        equals('c.model', 'text', input.model),
        equals('c.status', 'text', input.status),
        equals('c.prompt', 'text', input.promptVersion),
        equals('c.user_id', 'uuid', input.userId),
        equals('c.prospect_id', 'uuid', input.prospectId),
        input.from === undefined ? sql`true` : sql`c.asked_at >= ${input.from}`,
        input.until === undefined ? sql`true` : sql`c.asked_at < ${input.until}`,
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ModelCallView & { total: number }>`
        select ${COLUMNS}, (count(*) over ())::integer as total from ai_calls c where ${where}
        order by c.asked_at desc, c.id desc
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** All that was said to the model and what it answered. @throws AppError not_found. */
export const getModelCall = verb(
  { permission: 'bdr.configure' },
  async (ctx, { id }: { id: string }): Promise<ModelCallTrace> => {
    const { rows } = await sql<ModelCallTrace>`
      select ${COLUMNS}, p.system_text as system, c.request ->> 'user' as request, c.answer
      from ai_calls c
      left join ai_prompts p on p.organization_id = c.organization_id and p.name = substring(c.prompt from '^(.*)@')
        and p.prompt_version = substring(c.prompt from '@([0-9]+)$')::integer
      where c.organization_id = ${ctx.organizationId} and c.id = ${id} and ${visible(ctx)}`.execute(ctx.tx);
    if (!rows[0]) throw notFound('The call to a model');
    return rows[0];
  },
);
