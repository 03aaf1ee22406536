import { type Reaction, reactionToMany } from '../../core/relay.ts';
import { intentTierChanged } from '../events.ts';
import { scoreProspects } from './score-leads.ts';

/** Interest is what changes fastest: a score follows it at once, everything else with the hour. */
export const LEAD_SCORING_REACTIONS: readonly Reaction[] = [
  reactionToMany('crm.score-intent.tier_changed', intentTierChanged, async (ctx, events) => {
    const ids = events.flatMap(({ data }) => data.prospectId ?? []);
    await scoreProspects(ctx, [...new Set(ids)], 'intent');
  }),
];
