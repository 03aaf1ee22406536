import { z } from 'zod';
import { MODEL_CODES } from '../../domain/insight/attribution.rules.ts';
import { language, selfFields, timeZone } from '../../domain/platform/person.input.ts';
import { BASE_LEVELS, USER_STATUSES } from '../../domain/platform/roles.rules.ts';
import { EMAIL_FREQUENCIES, THEMES } from '../../services/platform/preferences/index.ts';
import { currencyCode, freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { User } from './users.dto.ts';

export const Member = User.extend({
  presence: z.enum(['online', 'away', 'offline']).describe('Online for 5 minutes after the last sign, away for 30'),
}).meta({ id: 'Member' });

export const ListMembersQuery = z.strictObject({
  ...pageQuery,
  role: z.enum(BASE_LEVELS).optional(),
  status: z.enum(USER_STATUSES).optional(),
  q: text(200).optional().describe('Part of a name or e-mail'),
});

export const ListActivityQuery = z.strictObject({
  ...pageQuery,
  userId: id().optional(),
  action: text(100).optional().describe('Like deal.update'),
  from: timestamp().optional(),
  to: timestamp().optional(),
});

export const Activity = z
  .strictObject({
    id: id(),
    userId: id(),
    userName: z.string(),
    apiKeyId: id().nullable().describe('The key that the person used, where it was one'),
    action: z.string(),
    entityType: z.string(),
    entityId: id().nullable(),
    requestId: z.string().nullable(),
    at: timestamp(),
  })
  .meta({ id: 'MemberActivity' });

export const UpdateOwnTeamBody = z
  .strictObject({
    name: text(200).optional(),
    description: text(1_000).nullable().optional(),
    settings: freeForm().optional(),
  })
  .meta({ id: 'OwnTeamChanges' });

const preferenceFields = {
  emailNotifications: z.boolean(),
  emailFrequency: z.enum(EMAIL_FREQUENCIES),
  desktopNotifications: z.boolean(),
  weeklyDigest: z.boolean(),
  theme: z.enum(THEMES),
};

export const Preferences = z
  .strictObject({ ...preferenceFields, timezone: z.string(), language: z.string(), version: z.int() })
  .meta({ id: 'Preferences' });

export const UpdatePreferencesBody = z
  .strictObject({
    ...preferenceFields,
    timezone: timeZone().nullable().describe("null: the organization's"),
    language: language().nullable().describe("null: the organization's"),
  })
  .partial()
  .meta({ id: 'PreferencesChanges' });

const link = () =>
  z
    .string()
    .trim()
    .max(500)
    .regex(/^https:\/\/[^\s/]+\.[^\s]+$/i, 'must be an address that begins with https://');

export const Profile = User.extend({
  jobTitle: z.string().nullable(),
  department: z.string().nullable(),
  bio: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  linkedinUrl: z.string().nullable(),
  emailSignature: z.string().nullable(),
}).meta({ id: 'Profile' });

export const UpdateProfileBody = z
  .strictObject({
    ...selfFields,
    jobTitle: text(200).nullable(),
    department: text(200).nullable(),
    bio: text(4_000).nullable(),
    avatarUrl: link().nullable(),
    linkedinUrl: link().nullable(),
    emailSignature: text(10_000).nullable(),
  })
  .partial()
  .meta({ id: 'ProfileChanges' });

const words = () => z.array(text(100)).max(200);
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const settings = {
  name: text(200),
  timeZone: timeZone(),
  language: language(),
  currency: currencyCode().refine((code) => CURRENCIES.has(code), 'is not a currency'),
  weekStart: z.int().min(1).max(7).describe('1 = Monday'),
  fiscalYearStart: z.int().min(1).max(12).describe('Month'),
  defaultPhoneRegion: z.string().regex(/^[A-Z]{2}$/, 'must be a country code of two letters, like US'),
  defaultAttributionModel: z.enum(MODEL_CODES),
  directChannels: words().describe('Channels that count as direct'),
  milestoneEventTypes: z.strictObject({ lead: words(), opportunity: words() }),
  intentWeights: z
    .record(z.string().min(1).max(100), z.number().min(0).max(1_000))
    .describe('Intent: factor of AI_WEIGHTED'),
  retentionDays: z.int().min(30).max(36_500).nullable().describe('null: facts are kept'),
};

export const Organization = z
  .strictObject({
    id: id(),
    plan: z.enum(['free', 'starter', 'pro', 'enterprise']),
    ...settings,
    currency: z.string(),
    defaultAttributionModel: z.string(),
    members: z.int(),
    teams: z.int(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.int(),
  })
  .meta({ id: 'Organization' });

export const UpdateOrganizationBody = z.strictObject(settings).partial().meta({ id: 'OrganizationChanges' });

export const MemberParams = z.strictObject({ id: id() });
export const MemberRoleBody = z.strictObject({ role: z.enum(BASE_LEVELS) }).meta({ id: 'MemberRole' });
