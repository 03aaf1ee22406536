import { z } from 'zod';
import { DIMENSIONS, SHAPLEY_WORTHS } from '../../domain/insight/attribution.rules.ts';

const markov = {
  dimension: z.enum(DIMENSIONS),
  order: z.number(),
  journeys: z.number().describe('With and without conversion'),
  converted: z.number(),
  states: z.number(),
  conversionProbability: z.number(),
  effects: z.array(
    z.strictObject({
      value: z.string(),
      removalEffect: z.number().describe('1 − P(conversion without it) / P(conversion)'),
      share: z.number().describe('Removal effect divided by the sum of all'),
      credit: z.number().describe('Share × converting journeys: the quantity that is published for this model'),
    }),
  ),
};

const shapley = {
  dimension: z.enum(DIMENSIONS),
  worth: z.enum(SHAPLEY_WORTHS),
  method: z.enum(['exact', 'closed_form']),
  journeys: z.number().describe('With and without conversion'),
  converted: z.number(),
  values: z.array(
    z.strictObject({
      value: z.string(),
      shapley: z.number(),
      share: z.number().describe('Shapley value divided by the sum of all'),
      credit: z.number().describe('Share × converting journeys'),
    }),
  ),
};

const warnings = z.array(z.string()).describe('LOW_SAMPLE: fewer than 100 converting journeys');

/** What a run says of its models. */
export const ModelSummaries = z
  .strictObject({
    aiWeighted: z.strictObject({ linearFallbackConversions: z.number() }).optional(),
    markov: z.strictObject(markov).optional(),
    shapley: z.strictObject(shapley).optional(),
    refunds: z.number().optional().describe('Refunds that follow conversions of the run'),
    warnings: warnings.optional(),
  })
  .meta({ id: 'AttributionModelSummaries' });

export const ModelDetails = z
  .strictObject({
    markov: z
      .strictObject({
        ...markov,
        transitions: z.array(
          z.strictObject({
            from: z.array(z.string()).describe('The touches that make up the state, oldest first; empty: the start'),
            to: z.string().nullable().describe('The next touch; null where the journey ends'),
            outcome: z.enum(['conversion', 'lost']).nullable(),
            count: z.number(),
            probability: z.number(),
          }),
        ),
      })
      .nullable(),
    shapley: z
      .strictObject({
        ...shapley,
        coalitions: z
          .array(
            z.strictObject({
              members: z.array(z.string()),
              journeys: z.number().describe('That touched exactly these'),
              converted: z.number(),
              worth: z.number().describe('Of the coalition; with method closed_form its own conversions'),
            }),
          )
          .describe('All coalitions of up to 10 values; beyond, those that were observed'),
      })
      .nullable(),
    labels: z.record(z.string(), z.string()).describe('Names of vendors by id, where the dimension is vendor'),
    warnings,
  })
  .meta({ id: 'AttributionModelDetails' });
