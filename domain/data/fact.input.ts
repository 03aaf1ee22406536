import { z } from 'zod';
import { currencyCode, decimalAmount, freeForm, id, text, timestamp } from '../core/shapes.input.ts';
import { reference } from '../platform/person.input.ts';

const Identifier = z.strictObject({
  type: text(64).describe('phone, email, external_id, device, cookie, or a type of your own'),
  value: text(512),
});

const share = z.number().positive().max(1).optional().describe('Share of the touch; equal shares when absent');

const Participant = z.union([
  z.strictObject({
    type: z.enum(['agent', 'team', 'supervisor']),
    externalId: text(255).optional(),
    id: id().optional(),
    number: z.int().min(1).max(2_147_483_647).optional().describe('A team by its number'),
    name: text(255).optional(),
    teamId: reference().optional().describe('Id or number of the team an agent acted for'),
    share,
  }),
  z
    .strictObject({ agentId: text(255), agentName: text(255).optional(), teamId: reference().optional(), share })
    .describe('The short form of an agent'),
]);

const identifiers = z.array(Identifier).min(1, 'at least one identifier is needed').max(50);

export const InteractionBody = z
  .strictObject({
    externalInteractionId: text(255).describe('Unique identifier from the source system'),
    channel: text(64).toLowerCase().describe('call, email, chat, or any other; compared in lower case'),
    startedAt: timestamp(),
    customerIdentifiers: identifiers,
    vendorCode: text(64).optional().describe('BPO or vendor; an unknown code creates the vendor'),
    endedAt: timestamp().optional(),
    direction: z.enum(['inbound', 'outbound']).optional(),
    language: text(35).optional(),
    primaryIntent: text(128).optional(),
    purchaseProbability: z.number().min(0).max(1).optional(),
    transcriptUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .max(2048)
      .optional(),
    participants: z.array(Participant).max(20).optional(),
    campaign: text(255).optional(),
    utm: z.record(z.string().max(64), z.string().max(255)).optional(),
    clickId: text(512).optional(),
    contentId: text(255).optional(),
    cost: decimalAmount().optional(),
    costCurrency: currencyCode().optional(),
    metadata: freeForm().optional(),
  })
  .meta({ id: 'InteractionInput' });

export const ConversionBody = z
  .strictObject({
    externalEventId: text(255).describe('Unique identifier of the conversion'),
    eventType: text(64).describe('purchase, signup, ...'),
    customerIdentifiers: identifiers
      .optional()
      .describe('Needed unless refundOf is given: a refund belongs to the customer of its original'),
    amountDecimal: decimalAmount().describe(
      'At most as many decimal places as the currency has; negative for a refund',
    ),
    currency: currencyCode(),
    occurredAt: timestamp(),
    eventSource: text(64).describe('The source system'),
    refundOf: text(255)
      .optional()
      .describe('The conversion that is refunded, by its external id or id; the amount is then negative'),
    metadata: freeForm().optional(),
  })
  .meta({ id: 'ConversionInput' });

/** A refund may come without identifiers. */
export const toConversion = (body: z.output<typeof ConversionBody>) => ({
  ...body,
  customerIdentifiers: body.customerIdentifiers ?? [],
});

type Participants = NonNullable<z.output<typeof InteractionBody>['participants']>;

/** Both printed forms of a participant, as the verb takes them. */
export const toParticipants = (participants: Participants) =>
  participants.map((participant) =>
    'agentId' in participant
      ? {
          role: 'agent' as const,
          externalId: participant.agentId,
          name: participant.agentName,
          teamId: participant.teamId,
          share: participant.share,
        }
      : {
          role: participant.type,
          externalId: participant.externalId,
          id: participant.id,
          number: participant.number,
          name: participant.name,
          teamId: participant.teamId,
          share: participant.share,
        },
  );
