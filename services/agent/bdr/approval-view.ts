import { sql } from 'kysely';
import type { ApprovalStatus, MessageKind } from '../../../domain/agent/bdr.rules.ts';
import type { Fact } from '../../../domain/agent/fact.rules.ts';
import type { DraftReason, DraftSentence } from '../../../domain/agent/grounding.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { agentTeam } from './agent-config.ts';

export interface ApprovalView {
  readonly id: string;
  readonly teamId: string;
  readonly prospectId: string;
  readonly prospectName: string | null;
  readonly company: string | null;
  readonly executionId: string;
  readonly channel: string;
  readonly kind: MessageKind;
  readonly touchNumber: number;
  readonly attempt: number;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly sentences: readonly DraftSentence[];
  /** What the sentences rest on. */
  readonly evidence: readonly Pick<Fact, 'id' | 'kind' | 'text' | 'source' | 'observedAt' | 'confidence'>[];
  readonly grounded: boolean;
  readonly reasons: readonly DraftReason[];
  readonly strategy: string;
  readonly language: string;
  readonly edits: number;
  readonly status: ApprovalStatus;
  /** Decided, and waiting for the agent to go on. */
  readonly held: boolean;
  readonly autoApproved: boolean;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly expiresAt: Date;
  readonly escalatedAt: Date | null;
  readonly sentAt: Date | null;
  readonly repliedAt: Date | null;
  readonly promptVersion: string;
  readonly model: string;
  readonly costUsd: number | null;
  readonly createdAt: Date;
  readonly version: number;
}

const COLUMNS = sql.raw(`
  a.id, a.team_id as "teamId", a.prospect_id as "prospectId",
  nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", p.company,
  a.execution_id as "executionId", a.channel, a.kind, a.touch_number as "touchNumber", a.attempt, a.recipient, a.subject,
  a.body, a.sentences, evidence.list as evidence, a.grounded, a.reasons, a.strategy, a.language, a.edits, a.status,
  a.status = 'approved' and (not c.is_active or c.paused_at is not null or c.autonomy_level = 'draft_only') as held,
  a.auto_approved as "autoApproved", a.decided_by as "decidedBy", a.decided_at as "decidedAt",
  a.decision_reason as "decisionReason", a.expires_at as "expiresAt", a.escalated_at as "escalatedAt",
  a.sent_at as "sentAt", a.replied_at as "repliedAt", a.prompt_version as "promptVersion", a.model,
  a.cost_micros / 1000000.0::float8 as "costUsd", a.created_at as "createdAt", a.version`);
const FROM = sql.raw(`
  bdr_approval_queue a
  join prospects p on p.organization_id = a.organization_id and p.id = a.prospect_id
  join bdr_agent_configs c on c.organization_id = a.organization_id and c.team_id = a.team_id
  left join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', m.id, 'kind', m.kind, 'text', m.fact, 'observedAt', m.observed_at, 'confidence', m.confidence,
             'source', jsonb_build_object('type', m.source_type, 'id', m.source_id)) order by m.created_at, m.id), '[]')
           as list
    from bdr_context_memory m
    where m.organization_id = a.organization_id and m.prospect_id = a.prospect_id and m.id::text in (
      select jsonb_array_elements_text(s -> 'evidence') from jsonb_array_elements(a.sentences) s)) evidence on true`);

/** Times inside of JSON come as texts. */
const toView = (row: ApprovalView): ApprovalView => ({
  ...row,
  evidence: row.evidence.map((fact) => ({
    ...fact,
    observedAt: fact.observedAt === null ? null : new Date(fact.observedAt),
  })),
});

/** @throws AppError not_found. */
export async function readApproval(ctx: Ctx, id: string): Promise<ApprovalView> {
  const { rows } = await sql<ApprovalView>`
    select ${COLUMNS} from ${FROM} where a.organization_id = ${ctx.organizationId} and a.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The message');
  return toView(rows[0]);
}

export interface ListApprovalsInput extends PageInput {
  teamId?: string | undefined;
  status?: ApprovalStatus | undefined;
  prospectId?: string | undefined;
}

/** The one that expires first on top. */
export const listApprovals = verb(
  { permission: 'bdr.view' },
  async (ctx, input: ListApprovalsInput): Promise<{ items: ApprovalView[]; total: number }> => {
    const teamId = await agentTeam(ctx, input.teamId);
    const where = sql`a.organization_id = ${ctx.organizationId} and a.team_id = ${teamId}
      and (${input.status ?? null}::text is null or a.status = ${input.status ?? null})
      and (${input.prospectId ?? null}::uuid is null or a.prospect_id = ${input.prospectId ?? null}::uuid)`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ApprovalView & { total: number }>`
        select ${COLUMNS}, (count(*) over ())::integer as total from ${FROM} where ${where}
        order by a.status = 'pending' desc, a.expires_at, a.id
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row as ApprovalView)), total };
  },
);

export const getApproval = verb(
  { permission: 'bdr.view' },
  (ctx, { id }: { id: string }): Promise<ApprovalView> => readApproval(ctx, id),
);
