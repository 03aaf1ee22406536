import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface LiveCallView {
  id: string;
  source: string;
  callId: string;
  status: 'live' | 'ended';
  /** `silence`: nobody told of the end, and nothing more was heard. */
  endReason: 'reported' | 'silence' | null;
  direction: 'inbound' | 'outbound' | null;
  from: string | null;
  to: string | null;
  agent: { id: string | null; externalId: string; name: string | null } | null;
  vendorCode: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  durationSeconds: number | null;
  primaryIntent: string | null;
  purchaseProbability: number | null;
  outcome: string | null;
  hasTranscript: boolean;
  interactionId: string | null;
  callLogId: string | null;
  customerId: string | null;
  prospect: { id: string; name: string | null } | null;
  lastEventAt: Date;
  /** Why the call could not become an interaction. */
  problem: string | null;
}

const COLUMNS = sql`
  c.id, c.source, c.call_id as "callId", c.status, c.end_reason as "endReason", c.direction,
  c.caller as "from", c.callee as "to", c.agent_external_id as "agentExternalId", a.id as "agentId",
  coalesce(a.name, c.agent_name) as "agentName", c.vendor_code as "vendorCode", c.started_at as "startedAt",
  c.ended_at as "endedAt", c.duration_seconds as "durationSeconds", c.primary_intent as "primaryIntent",
  c.purchase_probability as "purchaseProbability", c.outcome, t.live_call_id is not null as "hasTranscript",
  c.interaction_id as "interactionId", l.id as "callLogId", i.customer_id as "customerId", p.id as "prospectId",
  nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", c.last_event_at as "lastEventAt",
  c.problem`;

const FROM = sql`
  live_calls c
  left join agents a on a.organization_id = c.organization_id and a.external_id = c.agent_external_id
  left join call_transcripts t on t.organization_id = c.organization_id and t.live_call_id = c.id
  left join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id
  left join call_logs l on l.organization_id = c.organization_id and l.live_call_id = c.id and l.deleted_at is null
  left join lateral (
    select p.id, p.first_name, p.last_name from prospects p
    where p.organization_id = c.organization_id and p.customer_id = i.customer_id and p.deleted_at is null
    order by p.created_at, p.id limit 1) p on true`;

interface Row extends Omit<LiveCallView, 'agent' | 'prospect'> {
  agentExternalId: string | null;
  agentId: string | null;
  agentName: string | null;
  prospectId: string | null;
  prospectName: string | null;
}

const toView = ({ agentExternalId, agentId, agentName, prospectId, prospectName, ...row }: Row): LiveCallView => ({
  ...row,
  agent: agentExternalId === null ? null : { id: agentId, externalId: agentExternalId, name: agentName },
  prospect: prospectId === null ? null : { id: prospectId, name: prospectName },
});

/** @throws AppError not_found. */
export const getLiveCall = verb(
  { permission: 'realtime.view' },
  async (ctx, { id }: { id: string }): Promise<LiveCallView> => {
    const [call] = await read(ctx, sql`c.id = ${id}`, sql``);
    if (!call) throw notFound('The call');
    return toView(call);
  },
);

const read = async (ctx: Ctx, condition: RawBuilder<unknown>, end: RawBuilder<unknown>): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from ${FROM} where c.organization_id = ${ctx.organizationId} and ${condition} ${end}`.execute(
    ctx.tx,
  );
  return rows;
};

export interface ListLiveCallsInput extends PageInput {
  status?: 'live' | 'ended' | undefined;
  source?: string | undefined;
  callId?: string | undefined;
  agentExternalId?: string | undefined;
}

/** The latest first. */
export const listLiveCalls = verb(
  { permission: 'realtime.view' },
  async (ctx, input: ListLiveCallsInput): Promise<{ items: LiveCallView[]; total: number }> => {
    const equal = (column: string, value: string | undefined) =>
      value === undefined ? [] : [sql`c.${sql.raw(column)} = ${value}`];
    const condition = sql.join(
      [
        sql`c.organization_id = ${ctx.organizationId}`,
        ...equal('status', input.status),
        ...equal('source', input.source),
        ...equal('call_id', input.callId),
        ...equal('agent_external_id', input.agentExternalId),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, (select count(*) from live_calls c where ${condition})::integer as total
        from ${FROM} where ${condition}
        order by c.started_at desc nulls last, c.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(
        ctx.tx,
      );
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);

/** As many as one screen shows. */
const MOST_ON_SCREEN = 200;

export interface LiveCallsNow {
  live: number;
  calls: LiveCallView[];
}

/** The calls that go on at this moment, as a stream tells them whenever they change. */
export const watchLiveCalls = verb(
  { permission: 'realtime.view' },
  async (ctx, _input: { maxSeconds?: number | undefined }): Promise<LiveCallsNow> => {
    const { items, total } = await listLiveCalls(ctx, { status: 'live', page: 1, limit: MOST_ON_SCREEN });
    return { live: total, calls: items };
  },
);
