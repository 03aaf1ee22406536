import { z } from 'zod';
import { freeForm, id, text } from '../core/shapes.input.ts';
import { PROSPECT_STATUSES, RELATIONSHIP_STAGES } from './prospect.rules.ts';
import {
  countryCode,
  emailAddress,
  languageTag,
  phoneNumber,
  score,
  timeZoneName,
  webAddress,
} from './record.input.ts';

/** One row of a file of prospects: what is absent stays as it is. */
export const ProspectRow = z.strictObject({
  id: id().optional(),
  email: emailAddress().optional(),
  phone: phoneNumber().optional(),
  linkedinUrl: webAddress().optional(),
  firstName: text(100).optional(),
  lastName: text(100).optional(),
  title: text(200).optional(),
  company: text(200).optional(),
  accountId: id().optional(),
  status: z.enum(PROSPECT_STATUSES).optional(),
  relationshipStage: z.enum(RELATIONSHIP_STAGES).optional(),
  priorityScore: score().optional(),
  qualificationScore: score().optional(),
  timeZone: timeZoneName().optional(),
  language: languageTag().optional(),
  country: countryCode().optional(),
  source: text(100).optional(),
  ownerId: id().optional(),
  teamId: id().optional(),
  custom: freeForm().optional(),
});
export type ProspectRow = z.output<typeof ProspectRow>;

export const MATCH_KEYS = ['email', 'phone', 'id'] as const;
export type MatchKey = (typeof MATCH_KEYS)[number];
export const IMPORT_POLICIES = ['create_or_update', 'create', 'update'] as const;
export type ImportPolicy = (typeof IMPORT_POLICIES)[number];

/** How the rows of an import find the records that are there, and what may become of them. */
export const ProspectImportOptions = z.object({
  matchBy: z.array(z.enum(MATCH_KEYS)).min(1).default(['email']),
  policy: z.enum(IMPORT_POLICIES).default('create_or_update'),
});
export type ProspectImportOptions = z.output<typeof ProspectImportOptions>;
