import type { NaiveConfig, NaiveTouch } from './naive.ts';

/** An event or page view, which is a touch where the configuration names its type. */
export interface NaiveBehavior {
  id: string;
  externalId: string | null;
  personId: string;
  type: string;
  occurredAt: Date;
}

export const touchesAmong = ({ touchEventTypes }: NaiveConfig, behavior: readonly NaiveBehavior[]): NaiveTouch[] =>
  behavior
    .filter(({ type }) => touchEventTypes.includes(type))
    .map(({ id, externalId, personId, occurredAt }) => ({
      id,
      externalId: externalId ?? id,
      personId,
      channel: 'web',
      startedAt: occurredAt,
      purchaseProbability: null,
      primaryIntent: null,
      agents: [],
    }));
