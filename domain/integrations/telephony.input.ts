import { z } from 'zod';
import { currencyCode, decimalAmount, text, timestamp } from '../core/shapes.input.ts';

const HINT = 'call.started, call.ended, call.transcript.updated or call.intent.detected';

/** A statement of the transcript, as far as the provider parts them. */
const Turn = z.looseObject({
  speaker: text(100).optional(),
  text: z.string().max(20_000),
  startSeconds: z.number().min(0).max(604_800).optional(),
  endSeconds: z.number().min(0).max(604_800).optional(),
});

const Agent = z.looseObject({ externalId: text(255), name: text(255).optional() });

/**
 * One of the four events. All may carry all fields, and what none of them knows stays in the call's metadata: providers
 * tell the same things at different moments.
 */
export const CallEventBody = z
  .looseObject({
    event: z
      .enum(['call.started', 'call.ended', 'call.transcript.updated', 'call.intent.detected'], `must be ${HINT}`)
      .describe(HINT),
    eventId: text(255).optional().describe('Of the provider; the same id is the same event'),
    callId: text(200).describe('Of the provider; all events of a call name it'),
    occurredAt: timestamp().describe('When it happened at the provider: the newest word counts, whenever it arrives'),
    direction: z.enum(['inbound', 'outbound']).optional(),
    from: text(255).optional().describe('Number or address of who calls'),
    to: text(255).optional().describe('Number or address of who is called'),
    agent: Agent.optional(),
    team: z
      .union([text(255), z.int().min(1)])
      .optional()
      .describe('Id, number or name of a team'),
    vendorCode: text(64).optional().describe('An unknown code creates the vendor'),
    startedAt: timestamp().optional(),
    endedAt: timestamp().optional(),
    durationSeconds: z.number().min(0).max(604_800).optional(),
    language: text(35).optional(),
    transcriptUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .max(2048)
      .optional(),
    transcript: z.union([z.string().max(900_000), z.array(Turn).max(20_000)]).optional(),
    primaryIntent: text(128).optional(),
    purchaseProbability: z.number().min(0).max(1).optional(),
    outcome: text(255).optional(),
    customer: z
      .looseObject({ phone: text(64).optional(), email: text(320).optional(), externalId: text(255).optional() })
      .optional()
      .describe('Who the other side is, where the numbers do not tell'),
    cost: decimalAmount().optional(),
    costCurrency: currencyCode().optional(),
  })
  .meta({ id: 'CallEvent' });

export type CallEventInput = z.output<typeof CallEventBody>;
