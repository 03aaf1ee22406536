import { type Reaction, reaction } from '../core/relay.ts';
import { callEnded, callTranscribed } from '../crm/index.ts';
import { customerErased } from '../data/index.ts';
import { forgetPerson } from './bdr/forget-person.ts';
import { BDR_INBOUND } from './bdr/inbound.ts';
import { BDR_NOTICES } from './bdr/notices.ts';
import { followCall } from './conversations/follow-call.ts';

/** What the agent wing does because something happened elsewhere; each exactly once per event. */
export const AGENT_REACTIONS: readonly Reaction[] = [
  reaction('agent.take-transcript-of-call', callTranscribed, (ctx, event) => followCall(ctx, event.data.id)),
  reaction('agent.follow-ended-call', callEnded, (ctx, event) => followCall(ctx, event.data.id)),
  ...BDR_NOTICES,
  ...BDR_INBOUND,
  reaction('agent.forget-erased-person', customerErased, (ctx, { entityId }) =>
    entityId === null ? Promise.resolve() : forgetPerson(ctx, entityId),
  ),
];
