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

/** What may be absent or taken away. */
const optionalFields = {
  email: emailAddress(),
  phone: phoneNumber(),
  linkedinUrl: webAddress(),
  firstName: text(100),
  lastName: text(100),
  title: text(200),
  company: text(200),
  accountId: id(),
  priorityScore: score(),
  qualificationScore: score(),
  timeZone: timeZoneName(),
  language: languageTag(),
  country: countryCode(),
  source: text(100),
  ownerId: id(),
  teamId: id(),
};

/** What a prospect always has, once it is there. */
const steadyFields = {
  status: z.enum(PROSPECT_STATUSES),
  relationshipStage: z.enum(RELATIONSHIP_STAGES),
  custom: freeForm().describe('Custom fields of the organization, by key; null takes one away'),
};

/** One row of a file of prospects: what is absent stays as it is. */
export const ProspectRow = z.strictObject({ id: id(), ...optionalFields, ...steadyFields }).partial();
export type ProspectRow = z.output<typeof ProspectRow>;

type Nullable<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodNullable<Shape[Name]> };
const nullable = <Shape extends z.ZodRawShape>(shape: Shape): Nullable<Shape> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, (field as z.ZodType).nullable()]),
  ) as unknown as Nullable<Shape>;

/** Changes of one prospect: null takes a value away. */
export const ProspectChanges = z.strictObject({ ...nullable(optionalFields), ...steadyFields }).partial();

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
