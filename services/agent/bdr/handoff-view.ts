import { sql } from 'kysely';
import type { CriterionAnswer } from '../../../domain/agent/qualification.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { agentTeam } from './agent-config.ts';

export interface HandoffView {
  readonly id: string;
  readonly teamId: string;
  readonly prospectId: string;
  readonly prospectName: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly executionId: string;
  readonly status: 'pending' | 'accepted' | 'rejected';
  readonly framework: string;
  readonly score: number;
  readonly answers: readonly CriterionAnswer[];
  readonly summary: string;
  readonly nextStep: string;
  readonly assignedTo: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly reminders: number;
  readonly dealId: string | null;
  readonly createdAt: Date;
}

export interface HandoffDetail extends HandoffView {
  readonly conversation: readonly {
    readonly direction: 'sent' | 'received';
    readonly at: Date;
    readonly subject: string | null;
    readonly text: string | null;
    readonly intent: string | null;
  }[];
  readonly decisions: readonly {
    readonly type: string;
    readonly decision: string;
    readonly reasoning: string;
    readonly decidedAt: Date;
  }[];
}

const COLUMNS = sql.raw(`
  h.id, h.team_id as "teamId", h.prospect_id as "prospectId",
  nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", p.company, p.email,
  h.execution_id as "executionId", h.status, h.framework, h.score, h.answers, h.summary, h.next_step as "nextStep",
  h.assigned_to as "assignedTo", h.decided_by as "decidedBy", h.decided_at as "decidedAt",
  h.decision_reason as "decisionReason", h.reminders, h.deal_id as "dealId", h.created_at as "createdAt"`);
const FROM = sql.raw(
  'bdr_handoffs h join prospects p on p.organization_id = h.organization_id and p.id = h.prospect_id',
);

export interface ListHandoffsInput extends PageInput {
  teamId?: string | undefined;
  status?: HandoffView['status'] | undefined;
  prospectId?: string | undefined;
}

export const listHandoffs = verb(
  { permission: 'bdr.view' },
  async (ctx, input: ListHandoffsInput): Promise<{ items: HandoffView[]; total: number }> => {
    const teamId = await agentTeam(ctx, input.teamId);
    const where = sql`h.organization_id = ${ctx.organizationId} and h.team_id = ${teamId}
      and (${input.status ?? null}::text is null or h.status = ${input.status ?? null})
      and (${input.prospectId ?? null}::uuid is null or h.prospect_id = ${input.prospectId ?? null}::uuid)`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<HandoffView & { total: number }>`
        select ${COLUMNS}, (count(*) over ())::integer as total from ${FROM} where ${where}
        order by h.status = 'pending' desc, h.score desc, h.created_at desc, h.id
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** @throws AppError not_found. */
export async function readHandoff(ctx: Ctx, id: string): Promise<HandoffDetail> {
  const { rows } = await sql<HandoffView>`
    select ${COLUMNS} from ${FROM} where h.organization_id = ${ctx.organizationId} and h.id = ${id}`.execute(ctx.tx);
  const handoff = rows[0];
  if (!handoff) throw notFound('The handoff');
  const conversation = await sql<HandoffDetail['conversation'][number]>`
    select * from (
      select 'sent' as direction, sent_at as at, subject, body as text, null as intent from bdr_approval_queue
      where organization_id = ${ctx.organizationId} and execution_id = ${handoff.executionId} and status = 'sent'
      union all
      select 'received', received_at, null, body, intent from bdr_replies
      where organization_id = ${ctx.organizationId} and execution_id = ${handoff.executionId}) said
    order by at`.execute(ctx.tx);
  const decisions = await sql<HandoffDetail['decisions'][number]>`
    select type, decision, reasoning, decided_at as "decidedAt" from bdr_decisions
    where organization_id = ${ctx.organizationId} and execution_id = ${handoff.executionId}
    order by decided_at, id`.execute(ctx.tx);
  return { ...handoff, conversation: conversation.rows, decisions: decisions.rows };
}

export const getHandoff = verb(
  { permission: 'bdr.view' },
  (ctx, { id }: { id: string }): Promise<HandoffDetail> => readHandoff(ctx, id),
);
