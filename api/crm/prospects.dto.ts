import { z } from 'zod';
import { ProspectChanges } from '../../domain/crm/prospect.input.ts';
import { PROSPECT_STATUSES, RELATIONSHIP_STAGES } from '../../domain/crm/prospect.rules.ts';
import { PROSPECT_FIELDS } from '../../domain/crm/prospect-fields.rules.ts';
import { EVIDENCE_TYPES } from '../../domain/crm/prospect-signs.rules.ts';
import { sortQuery } from '../http/filter-query.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

export const CreateProspectBody = ProspectChanges.extend({ enrichmentEnabled: z.boolean().optional() }).meta({
  id: 'ProspectInput',
});
export const UpdateProspectBody = ProspectChanges.meta({ id: 'ProspectChanges' });

export const ProspectParams = z.strictObject({ id: id() });

const FILTER_NOTE = `Conditions like and(eq(status,engaged),has(touches,within_last(startedAt,30d))), or the same as JSON. Fields: ${Object.keys(PROSPECT_FIELDS).join(', ')}, and custom.<key> of your own.`;

export const ProspectQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(PROSPECT_STATUSES).optional(),
  ownerId: id().optional(),
  teamId: id().optional(),
  accountId: id().optional(),
  intentTier: text(50).optional(),
  relationshipStage: z.enum(RELATIONSHIP_STAGES).optional(),
  segment: id().optional().describe('Those who are in the segment now'),
  filter: text(8_000).optional().describe(FILTER_NOTE),
  sort: sortQuery(PROSPECT_FIELDS, 'b', '-createdAt'),
  q: text(200).optional().describe('Words of a name, address, company or title; similar ones where none is found'),
});

export const ProspectExportQuery = ProspectQuery.omit({ page: true, limit: true, sort: true });

export const Prospect = z
  .strictObject({
    id: id(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    linkedinUrl: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    title: z.string().nullable(),
    company: z.string().nullable(),
    accountId: id().nullable(),
    customerId: id().nullable().describe('The person in journeys and attribution, once something was heard of them'),
    status: z.enum(PROSPECT_STATUSES),
    relationshipStage: z.enum(RELATIONSHIP_STAGES),
    priorityScore: z.number().nullable(),
    intentScore: z.number().nullable(),
    intentTier: z.string().nullable(),
    qualificationScore: z.number().nullable(),
    bdrAssigned: z.boolean(),
    enrichmentData: freeForm(),
    enrichmentStatus: z.string().nullable(),
    enrichmentReason: z.string().nullable(),
    aiInsights: freeForm(),
    timeZone: z.string().nullable(),
    language: z.string().nullable(),
    country: z.string().nullable(),
    source: z.string().nullable(),
    ownerId: id().nullable(),
    teamId: id().nullable(),
    custom: freeForm(),
    lastActivityAt: timestamp().nullable(),
    mergedIntoId: id().nullable(),
    deletedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Prospect' });

export const ProspectInsights = z
  .strictObject({
    prospectId: id(),
    insights: z.array(
      z.strictObject({
        type: z.string().describe('For programs; the text is for people'),
        level: z.enum(['warning', 'positive', 'neutral']),
        text: z.string(),
        facts: z.record(z.string(), z.union([z.string(), z.number()])),
        evidence: z
          .array(z.strictObject({ type: z.enum(EVIDENCE_TYPES), id: id() }))
          .describe('The newest rows behind it, five at most of each kind'),
      }),
    ),
    computedAt: timestamp(),
  })
  .meta({ id: 'ProspectInsights' });
