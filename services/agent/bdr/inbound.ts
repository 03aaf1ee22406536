import { sql } from 'kysely';
import { type Reaction, reaction } from '../../core/relay.ts';
import { messageReceived } from '../../outreach/index.ts';
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
];
