import type { Ctx } from '../core/context.ts';
import type { DomainEvent } from '../core/events.ts';
import { type Reaction, reaction, reactionToMany } from '../core/relay.ts';
import { conversionsIngested, eventsIngested, interactionsIngested } from '../data/index.ts';
import { touchByCall, untouchByCall } from './calls/call-touch.ts';
import { recordWonDeal, reverseWonDeal } from './deals/deal-revenue.ts';
import {
  callChanged,
  callDeleted,
  callLogged,
  dealDeleted,
  dealReopened,
  dealWon,
  meetingChanged,
  meetingCompleted,
  meetingMissed,
  prospectCreated,
  prospectDeleted,
  prospectRestored,
  prospectUpdated,
} from './events.ts';
import { INTENT_REACTIONS } from './intent/reactions.ts';
import { LEAD_SCORING_REACTIONS } from './lead-scoring/reactions.ts';
import { followPeople, followPeopleOfFacts } from './lists/refresh-list.ts';
import { touchByMeeting, untouchByMeeting } from './meetings/meeting-touch.ts';
import { linkCustomersOfFacts } from './prospects/customer-link.ts';
import { CRM_NOTICES } from './reminders/notices.ts';

/** What the customer record does because something happened; each exactly once per event. */
export const CRM_REACTIONS: readonly Reaction[] = [
  reaction('crm.record-won-deal', dealWon, (ctx, event) =>
    recordWonDeal(ctx, event.data.id, event.data.win, event.occurredAt),
  ),
  reaction('crm.reverse-reopened-deal', dealReopened, (ctx, event) =>
    event.data.win > 0 ? reverseWonDeal(ctx, event.data.id, event.data.win, event.occurredAt) : Promise.resolve(),
  ),
  reaction('crm.reverse-deleted-deal', dealDeleted, async (ctx, event) => {
    const deal = await ctx.tx
      .selectFrom('deals')
      .select(['wins', 'stage'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', event.data.id)
      .executeTakeFirst();
    if (deal?.stage === 'closed_won') await reverseWonDeal(ctx, event.data.id, deal.wins, event.occurredAt);
  }),
  reaction('crm.touch-by-call', callLogged, (ctx, event) => touchByCall(ctx, event.data.id)),
  reaction('crm.correct-touch-by-call', callChanged, (ctx, event) => touchByCall(ctx, event.data.id)),
  reaction('crm.void-touch-by-call', callDeleted, (ctx, event) => untouchByCall(ctx, event.data.id)),
  reactionToMany('crm.link-prospects-to-interactions', interactionsIngested, linkFacts('interactions')),
  reactionToMany('crm.link-prospects-to-conversions', conversionsIngested, linkFacts('conversions')),
  reactionToMany('crm.link-prospects-to-events', eventsIngested, linkFacts('events')),
  ...[prospectCreated, prospectUpdated, prospectDeleted, prospectRestored].map((event) =>
    reactionToMany<{ id: string }>(`crm.follow-${event.type}`, event, (ctx, events) =>
      followPeople(
        ctx,
        events.map(({ data }) => data.id),
      ),
    ),
  ),
  reaction('crm.touch-by-meeting', meetingCompleted, (ctx, event) => touchByMeeting(ctx, event.data.id)),
  reaction('crm.correct-touch-by-meeting', meetingChanged, (ctx, event) => touchByMeeting(ctx, event.data.id)),
  reaction('crm.void-touch-by-meeting', meetingMissed, (ctx, event) => untouchByMeeting(ctx, event.data.id)),
  ...CRM_NOTICES,
  ...INTENT_REACTIONS,
  ...LEAD_SCORING_REACTIONS,
];

/** People whom facts have just named find the prospects that were there before, and their place in dynamic lists. */
function linkFacts(table: 'interactions' | 'conversions' | 'events') {
  return async (ctx: Ctx, events: readonly DomainEvent<{ ids: string[] }>[]) => {
    const ids = events.flatMap((event) => event.data.ids);
    await linkCustomersOfFacts(ctx, table, ids);
    await followPeopleOfFacts(ctx, table, ids);
  };
}
