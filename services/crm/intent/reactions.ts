import { type Reaction, reaction, reactionToMany } from '../../core/relay.ts';
import {
  eventsIngested,
  interactionCorrected,
  interactionsIngested,
  interactionVoided,
  pageViewsIngested,
} from '../../data/index.ts';
import {
  accountMerged,
  accountUnmerged,
  callChanged,
  callDeleted,
  callLogged,
  intentSpikeDetected,
  intentTierChanged,
  linkedinEngaged,
  prospectCreated,
  prospectMerged,
  prospectRestored,
  prospectUnmerged,
  prospectUpdated,
} from '../events.ts';
import { followPeople } from '../lists/refresh-list.ts';
import { followCalls } from './call-signals.ts';
import { tellOfSpike, tellOfTier } from './intent-notices.ts';
import { touchByLinkedin } from './linkedin.ts';
import { followLoggedCalls } from './logged-calls.ts';
import { refreshTouched } from './refresh-intent.ts';
import { followVisitsOf, followVisitsOfProspects } from './website-signals.ts';

const idsOf = (events: readonly { data: { ids: string[] } }[]): string[] => events.flatMap(({ data }) => data.ids);
const idOf = (events: readonly { data: { id: string } }[]): string[] => events.map(({ data }) => data.id);

/** What interest follows from what happened, and what follows from interest. */
export const INTENT_REACTIONS: readonly Reaction[] = [
  reactionToMany('crm.intent-of-page-views', pageViewsIngested, (ctx, events) =>
    followVisitsOf(ctx, 'website_page_views', idsOf(events)),
  ),
  reactionToMany('crm.intent-of-events', eventsIngested, (ctx, events) => followVisitsOf(ctx, 'events', idsOf(events))),
  reactionToMany('crm.intent-of-interactions', interactionsIngested, (ctx, events) => followCalls(ctx, idsOf(events))),
  reactionToMany('crm.intent-of-corrections', interactionCorrected, (ctx, events) => followCalls(ctx, idOf(events))),
  reactionToMany('crm.intent-of-voided', interactionVoided, (ctx, events) => followCalls(ctx, idOf(events))),
  ...[callLogged, callChanged, callDeleted].map((event) =>
    reactionToMany<{ id: string }>(`crm.intent-of-${event.type}`, event, (ctx, events) =>
      followLoggedCalls(ctx, idOf(events)),
    ),
  ),
  // Visits from before somebody was a prospect count from now on.
  ...[prospectCreated, prospectUpdated, prospectRestored].map((event) =>
    reactionToMany<{ id: string }>(`crm.intent-of-${event.type}`, event, async (ctx, events) => {
      await followVisitsOfProspects(ctx, idOf(events));
      await refreshTouched(ctx, idOf(events).map(ofProspect));
    }),
  ),
  ...[prospectMerged, prospectUnmerged].map((event) =>
    reaction(`crm.intent-of-${event.type}`, event, async (ctx, { data: { sourceId, targetId } }) => {
      await followVisitsOfProspects(ctx, [sourceId, targetId]);
      await refreshTouched(ctx, [sourceId, targetId].map(ofProspect));
    }),
  ),
  ...[accountMerged, accountUnmerged].map((event) =>
    reaction(`crm.intent-of-${event.type}`, event, async (ctx, { data: { sourceId, targetId } }) => {
      await refreshTouched(
        ctx,
        [sourceId, targetId].map((accountId) => ({ prospectId: null, accountId })),
      );
    }),
  ),
  reaction('crm.touch-by-linkedin', linkedinEngaged, (ctx, { data }) => touchByLinkedin(ctx, data.id)),
  reaction('crm.notify-intent.spike_detected', intentSpikeDetected, (ctx, { data }) => tellOfSpike(ctx, data)),
  reaction('crm.notify-intent.tier_changed', intentTierChanged, (ctx, { id, data }) => tellOfTier(ctx, id, data)),
  reactionToMany('crm.follow-intent.tier_changed', intentTierChanged, (ctx, events) =>
    followPeople(
      ctx,
      events.flatMap(({ data }) => data.prospectId ?? []),
    ),
  ),
];

const ofProspect = (prospectId: string) => ({ prospectId, accountId: null });
