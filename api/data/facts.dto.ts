import { z } from 'zod';
import { CONVERSION_FIELDS, INTERACTION_FIELDS } from '../../domain/data/fact-fields.rules.ts';
import { filterQuery, searchQuery, sortQuery } from '../http/filter-query.ts';
import { currencyCode, day, decimalAmount, freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { ConversionBody, InteractionBody } from './ingestion.dto.ts';

export const FactParams = z.strictObject({ id: id() });

export const VoidBody = z.strictObject({ reason: text(500) }).meta({ id: 'VoidInput' });

const nullableText = z.string().nullable();
const dates = {
  startDate: day().optional().describe("First day, in the organization's time zone"),
  endDate: day().optional().describe('Last day, inclusive'),
};
const customerId = id().optional().describe('Any record of a person stands for all linked ones');

const interaction = InteractionBody.shape;
const clearable = <T extends z.ZodType>(schema: T) => schema.nullable();

/** Every field optional; null takes an optional one away. */
export const InteractionChangesBody = z
  .strictObject({
    channel: interaction.channel.optional(),
    startedAt: interaction.startedAt.optional(),
    customerIdentifiers: interaction.customerIdentifiers.optional().describe('The fact moves to whom they resolve to'),
    vendorCode: clearable(interaction.vendorCode),
    endedAt: clearable(interaction.endedAt),
    direction: clearable(interaction.direction),
    language: clearable(interaction.language),
    primaryIntent: clearable(interaction.primaryIntent),
    purchaseProbability: clearable(interaction.purchaseProbability),
    transcriptUrl: clearable(interaction.transcriptUrl),
    participants: interaction.participants.describe('Replace those of the version before'),
    campaign: clearable(interaction.campaign),
    utm: clearable(interaction.utm),
    clickId: clearable(interaction.clickId),
    contentId: clearable(interaction.contentId),
    cost: clearable(interaction.cost),
    costCurrency: clearable(interaction.costCurrency),
    metadata: clearable(interaction.metadata),
  })
  .meta({ id: 'InteractionChanges' });

const conversion = ConversionBody.shape;

export const ConversionChangesBody = z
  .strictObject({
    eventType: conversion.eventType.optional(),
    customerIdentifiers: conversion.customerIdentifiers.describe(
      'The conversion and its refunds move to whom they resolve to',
    ),
    amountDecimal: decimalAmount().optional(),
    currency: currencyCode().optional(),
    occurredAt: conversion.occurredAt.optional(),
    eventSource: conversion.eventSource.optional(),
    metadata: freeForm().nullable().optional(),
  })
  .meta({ id: 'ConversionChanges' });

export const ListInteractionsQuery = z.strictObject({
  ...pageQuery,
  ...dates,
  sort: sortQuery(INTERACTION_FIELDS, 'a', '-started_at'),
  filter: filterQuery(INTERACTION_FIELDS, 'a'),
  q: searchQuery(),
  channel: text(64).toLowerCase().optional(),
  vendorId: id().optional(),
  vendorCode: text(64).optional(),
  agentId: id().optional(),
  customerId,
});

export const ListConversionsQuery = z.strictObject({
  ...pageQuery,
  ...dates,
  sort: sortQuery(CONVERSION_FIELDS, 'a', '-occurred_at'),
  filter: filterQuery(CONVERSION_FIELDS, 'a'),
  q: searchQuery(),
  eventType: text(64).optional(),
  customerId,
  refundOf: id().optional().describe('Refunds of this conversion'),
});

const versions = {
  voidedAt: timestamp().nullable(),
  voidReason: nullableText,
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};

export const Interaction = z
  .strictObject({
    id: id(),
    externalInteractionId: z.string(),
    customerId: id(),
    channel: z.string(),
    direction: z.enum(['inbound', 'outbound']).nullable(),
    language: nullableText,
    primaryIntent: nullableText,
    purchaseProbability: z.number().nullable(),
    vendorId: id().nullable(),
    vendorCode: nullableText,
    campaign: nullableText,
    utm: z.record(z.string(), z.string()).nullable(),
    contentId: nullableText,
    clickId: nullableText,
    startedAt: timestamp(),
    endedAt: timestamp().nullable(),
    transcriptUrl: nullableText,
    cost: z.number().nullable(),
    costCurrency: nullableText,
    participants: z.array(
      z.strictObject({
        type: z.enum(['agent', 'team', 'supervisor']),
        agentId: id().nullable(),
        externalId: nullableText,
        name: nullableText,
        teamId: id().nullable(),
        share: z.number().nullable(),
      }),
    ),
    metadata: freeForm().nullable(),
    ...versions,
  })
  .meta({ id: 'Interaction' });

export const Conversion = z
  .strictObject({
    id: id(),
    externalEventId: z.string(),
    customerId: id(),
    eventType: z.string(),
    eventSource: z.string(),
    amountDecimal: z.number(),
    currency: z.string(),
    occurredAt: timestamp(),
    refundOf: id().nullable().describe('The conversion that this one refunds'),
    metadata: freeForm().nullable(),
    ...versions,
  })
  .meta({ id: 'Conversion' });
