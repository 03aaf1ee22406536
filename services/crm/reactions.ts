import type { Ctx } from '../core/context.ts';
import type { DomainEvent, EventDefinition } from '../core/events.ts';
import { type Reaction, reaction, reactionToMany } from '../core/relay.ts';
import { conversionsIngested, eventsIngested, interactionsIngested } from '../data/index.ts';
import { touchByCall, untouchByCall } from './calls/call-touch.ts';
import { recordWonDeal, reverseWonDeal } from './deals/deal-revenue.ts';
import {
  accountDeleted,
  accountMerged,
  accountRestored,
  accountUnmerged,
  accountUpdated,
  callChanged,
  callDeleted,
  callLogged,
  dealCreated,
  dealDeleted,
  dealReopened,
  dealUpdated,
  dealWon,
  meetingChanged,
  meetingCompleted,
  meetingMissed,
  prospectCreated,
  prospectDeleted,
  prospectMerged,
  prospectRestored,
  prospectsImported,
  prospectUnmerged,
  prospectUpdated,
} from './events.ts';
import { INTENT_REACTIONS } from './intent/reactions.ts';
import { LEAD_SCORING_REACTIONS } from './lead-scoring/reactions.ts';
import { followPeopleOfAccounts, followPeopleOfDeals } from './lists/follow-records.ts';
import { followPeople, followPeopleOfFacts, refreshAllLists } from './lists/refresh-list.ts';
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
  ...[prospectCreated, prospectUpdated, prospectDeleted, prospectRestored].map((event) => follow(event, followPeople)),
  ...[accountUpdated, accountDeleted, accountRestored].map((event) => follow(event, followPeopleOfAccounts)),
  ...[dealCreated, dealUpdated, dealDeleted].map((event) => follow(event, followPeopleOfDeals)),
  ...[prospectMerged, prospectUnmerged].map((event) =>
    reaction(`crm.follow-${event.type}`, event, (ctx, { data }) => followPeople(ctx, [data.sourceId, data.targetId])),
  ),
  ...[accountMerged, accountUnmerged].map((event) =>
    reaction(`crm.follow-${event.type}`, event, (ctx, { data }) =>
      followPeopleOfAccounts(ctx, [data.sourceId, data.targetId]),
    ),
  ),
  // An import tells of itself once, however many people it brought: each list is looked at as a whole.
  reactionToMany('crm.follow-prospect.import_completed', prospectsImported, async (ctx) => {
    await refreshAllLists(ctx);
  }),
  reaction('crm.touch-by-meeting', meetingCompleted, (ctx, event) => touchByMeeting(ctx, event.data.id)),
  reaction('crm.correct-touch-by-meeting', meetingChanged, (ctx, event) => touchByMeeting(ctx, event.data.id)),
  reaction('crm.void-touch-by-meeting', meetingMissed, (ctx, event) => untouchByMeeting(ctx, event.data.id)),
  ...CRM_NOTICES,
  ...INTENT_REACTIONS,
  ...LEAD_SCORING_REACTIONS,
];

/** After something happened to records: the people whom it concerns keep their place in dynamic lists, or lose it. */
function follow(
  event: EventDefinition<{ id: string }>,
  run: (ctx: Ctx, ids: readonly string[]) => Promise<void>,
): Reaction {
  return reactionToMany<{ id: string }>(`crm.follow-${event.type}`, event, (ctx, events) =>
    run(
      ctx,
      events.map(({ data }) => data.id),
    ),
  );
}

/** People whom facts have just named find the prospects that were there before, and their place in dynamic lists. */
function linkFacts(table: 'interactions' | 'conversions' | 'events') {
  return async (ctx: Ctx, events: readonly DomainEvent<{ ids: string[] }>[]) => {
    const ids = events.flatMap((event) => event.data.ids);
    await linkCustomersOfFacts(ctx, table, ids);
    await followPeopleOfFacts(ctx, table, ids);
  };
}
