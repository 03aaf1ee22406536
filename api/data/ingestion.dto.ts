import { z } from 'zod';
import { id, timestamp } from '../http/schemas.ts';

export { ConversionBody, InteractionBody, toConversion, toParticipants } from '../../domain/data/fact.input.ts';

export const InteractionReceipt = z
  .strictObject({
    id: id(),
    externalInteractionId: z.string(),
    customerId: id().describe('The record found first; linked records are one person'),
    createdAt: timestamp(),
  })
  .meta({ id: 'InteractionReceipt' });

export const ConversionReceipt = z
  .strictObject({ id: id(), externalEventId: z.string(), customerId: id(), createdAt: timestamp() })
  .meta({ id: 'ConversionReceipt' });
