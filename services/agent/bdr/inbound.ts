import { sql } from 'kysely';
import { type Reaction, reaction } from '../../core/relay.ts';
import { emailBounced, messageReceived } from '../../outreach/index.ts';
import { count } from './agent-log.ts';
import { receiveReply } from './replies.ts';

/** What a machine answers is no answer; that somebody is away is read like the rest, for the day of the return. */
const IGNORED: ReadonlySet<string> = new Set(['bounce', 'auto_reply']);

/** Messages of those the agent works on, from whatever door they came in by. */
export const BDR_INBOUND: readonly Reaction[] = [
  reaction('agent.take-answer-in', messageReceived, async (ctx, { data: { id, kind, prospectId } }) => {
    if (prospectId === null || IGNORED.has(kind)) return;
    const { rows } = await sql<{ text: string; receivedAt: Date }>`
      select text, received_at as "receivedAt" from inbound_messages
      where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
    if (!rows[0]) return;
    const isOptOut = kind === 'unsubscribe';
    await receiveReply(ctx, { prospectId, externalId: `inbound:${id}`, isOptOut, ...rows[0] });
  }),
  reaction('agent.count-bounce', emailBounced, async (ctx, { data: { id, kind } }) => {
    if (kind === 'complaint') return;
    const { rows } = await sql<{ teamId: string; timezone: string }>`
      select a.team_id as "teamId", c.working_hours ->> 'timezone' as timezone
      from emails m
      join bdr_approval_queue a on a.organization_id = m.organization_id and a.send_id = m.send_id
      join bdr_agent_configs c on c.organization_id = a.organization_id and c.team_id = a.team_id
      where m.organization_id = ${ctx.organizationId} and m.id = ${id}`.execute(ctx.tx);
    if (rows[0]) await count(ctx, rows[0], { bounces: 1 });
  }),
];
