import type { ConversionInput, InteractionInput, SpendInput } from '../services/data/index.ts';
import type { ExchangeRateInput } from '../services/insight/index.ts';
import { agentsOf, type DemoDefinition } from './definition.ts';
import { journeyOf } from './journeys.ts';
import { peopleOf } from './people.ts';
import { ratesOf, spendOf } from './spend.ts';
import { type Visits, visitsOf } from './visits.ts';

export interface DemoFacts extends Visits {
  interactions: InteractionInput[];
  conversions: ConversionInput[];
  spend: SpendInput[];
  rates: ExchangeRateInput[];
}

/** Everything that reached the organization in the 90 days before `anchor`, each kind in time order. */
export function demoFacts(definition: DemoDefinition, anchor: Date): DemoFacts {
  const agents = agentsOf(definition);
  const journeys = peopleOf(definition).map((person) => journeyOf(definition, agents, anchor, person));
  const interactions = journeys
    .flatMap(({ touches }) => touches.map(({ input }) => input))
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  const conversions = journeys
    .flatMap((journey) => journey.conversions)
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  return {
    interactions,
    conversions,
    spend: spendOf(definition, anchor),
    rates: ratesOf(definition, anchor),
    ...visitsOf(definition, anchor, interactions),
  };
}

/** The day that the facts lead up to: the one on which the organization was created. */
export const anchorOf = (createdAt: Date): Date =>
  new Date(Date.UTC(createdAt.getUTCFullYear(), createdAt.getUTCMonth(), createdAt.getUTCDate()));
