import { z } from 'zod';
import { id, timestamp } from '../http/schemas.ts';
import { Credit, CustomWeightsBody, Model, TouchType } from './attribution.dto.ts';

export const ExplainParams = z.strictObject({ runId: id(), resultId: id() });

const Touch = z.strictObject({
  interactionId: id(),
  externalInteractionId: z.string(),
  touchType: TouchType,
  position: z.number().describe('From 1 on, by start, external id and id'),
  channel: z.string(),
  startedAt: timestamp(),
  undividedWeight: z.number().describe('Whole number; weights are these divided by their sum'),
  isPrimaryTouch: z.boolean(),
  secondsBeforeNewestTouch: z.number().nullable(),
  purchaseProbability: z.number().nullable(),
  meanProbability: z.number().nullable(),
  primaryIntent: z.string().nullable(),
  intentWeight: z.number().nullable(),
  isDirect: z.boolean().nullable(),
  value: z.string().nullable().describe('What MARKOV and SHAPLEY tell touches apart by'),
  touchesOfValue: z.number().nullable(),
});

const Share = z.strictObject({
  resultId: id(),
  interactionId: id(),
  agentId: id().nullable(),
  teamId: id().nullable(),
  agentShare: z.number(),
  exactUnits: z.number(),
  unitsRank: z.number(),
  weightUnits: z.number().describe('Weight in units of 10^-12'),
  cutMinor: z.number(),
  restMinor: z.number().describe('What was cut off, in units of 10^-12 of a minor unit'),
  minorRank: z.number(),
  amountMinor: z.number(),
});

export const Explanation = z
  .strictObject({
    result: Credit,
    model: z.strictObject({ code: Model, formula: z.string(), edgeCases: z.array(z.string()) }),
    conversion: z.strictObject({
      id: id(),
      amountMinor: z.number(),
      amount: z.number(),
      currency: z.string(),
      refundOf: id().nullable(),
    }),
    parameters: z.strictObject({
      halfLifeHours: z.number().optional(),
      scale: z.number().optional(),
      first: z.number().optional(),
      middle: z.number().optional(),
      last: z.number().optional(),
      milestoneShare: z.number().optional(),
      middleShare: z.number().optional(),
      directChannels: z.array(z.string()).optional(),
      customWeights: CustomWeightsBody.optional(),
      removalEffects: z.record(z.string(), z.number()).optional().describe('By value, in units of 10^-12'),
    }),
    touches: z.array(Touch),
    undividedSum: z.number(),
    leadAt: timestamp().nullable(),
    opportunityAt: timestamp().nullable(),
    shares: z.array(Share).describe('All rows of the conversion and model'),
    steps: z.array(z.string()).describe('How to come from the inputs to the weight and the amount'),
    rules: z.array(z.string()).describe('What decided this credit beyond the formula'),
  })
  .meta({ id: 'AttributionExplanation' });
