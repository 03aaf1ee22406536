import { z } from 'zod';
import { SIMPLE_TRANSFORMS } from '../../domain/integrations/field-mapping.rules.ts';
import { CONFLICT_POLICIES } from '../../domain/integrations/reconcile.rules.ts';
import type { IntegrationWithSecret } from '../../services/integrations/index.ts';
import { camelCase } from '../http/casing.ts';
import { day, freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

export const Params = z.strictObject({ id: id() });

export const STATUSES = ['pending', 'connected', 'needs_reauth', 'error', 'disabled'] as const;
export const DIRECTIONS = ['in', 'out', 'both'] as const;
const policy = z.enum(CONFLICT_POLICIES).describe('Of a field that both sides have changed: who wins');

export const scalar = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);
const transform = z.union([
  z.strictObject({ kind: z.enum(SIMPLE_TRANSFORMS) }),
  z.strictObject({ kind: z.literal('word'), at: z.enum(['first', 'last']) }),
  z.strictObject({
    kind: z.literal('map'),
    values: z.record(text(255), scalar).describe('Their value → ours'),
    out: z.record(text(255), scalar).optional().describe('Ours → theirs, where several of theirs are one of ours'),
  }),
]);

export const Mapping = z
  .array(
    z.strictObject({
      local: text(64).describe('Our field'),
      remote: text(128).describe('Their field'),
      direction: z.enum(DIRECTIONS),
      transform: transform.optional(),
    }),
  )
  .min(1, 'must have one field or more')
  .max(100, 'must have at most 100 fields');

const settings = {
  streams: z.array(text(64)).min(1, 'must name one stream or more').max(20).describe('Default: all'),
  intervalMinutes: z
    .int('must be a whole number')
    .min(5, 'must be 5 or more')
    .max(10_080, 'must be 10080 or less')
    .describe('How often it is synced by itself; without it only when asked'),
  pushChanges: z
    .boolean()
    .describe('false: what is changed here goes out with the next sync; otherwise within seconds'),
  costPerCallUsd: z
    .number()
    .min(0, 'must be 0 or more')
    .max(100, 'must be 100 or less')
    .describe('What a call costs by your contract; default: what the marketplace says of the provider'),
  conflictPolicy: policy,
  fieldPolicies: z.record(text(64), z.record(text(64), policy)).describe('Stream → field → policy'),
  mappings: z.record(text(64), Mapping).describe('Stream → fields, in place of the default mapping'),
  options: z.record(text(64), text(255)).describe('What the provider needs beside secrets; the marketplace names them'),
  vendorCode: text(64).describe('Telephony: for calls that name no vendor'),
  requireSignature: z.boolean().describe('Telephony: refuse the secret as a bearer token'),
};
const Settings = z.strictObject(settings).partial();
const SettingsChanges = z.strictObject(
  Object.fromEntries(Object.entries(settings).map(([name, schema]) => [name, schema.nullable().optional()])) as {
    [Name in keyof typeof settings]: z.ZodOptional<z.ZodNullable<(typeof settings)[Name]>>;
  },
);

const credentials = z
  .record(text(64), z.string().regex(/^[\x21-\x7e]{1,4096}$/, 'must be visible characters'))
  // Names of providers are no fields of a face, so that no face spells them: both ways are taken.
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [camelCase(name), value])))
  .describe(
    'By name, as the marketplace says; kept encrypted and never shown. webhookSecret where webhooks are signed',
  );

const common = { name: text(100).optional(), teamId: id().optional(), credentials: credentials.optional() };

/** Face A names the provider `platform`, face B `provider` (or `slug`). */
export const CreateBody = z
  .strictObject({ platform: text(64), ...common, settings: Settings.optional() })
  .meta({ id: 'IntegrationInput' });
export const InstallBody = z
  .strictObject({
    provider: text(64).optional().describe('Slug of the marketplace'),
    slug: text(64).optional().describe('The same, under another name'),
    ...common,
    settings: Settings.optional(),
  })
  .refine(({ provider, slug }) => (provider ?? slug) !== undefined, { path: ['provider'], message: 'is required' })
  .meta({ id: 'IntegrationInstallation' });
export const UpdateBody = z
  .strictObject({
    name: text(100).optional(),
    settings: SettingsChanges.optional(),
    credentials: credentials.optional(),
    active: z.boolean().optional().describe('false: neither syncs nor webhooks, until it is true again'),
  })
  .meta({ id: 'IntegrationChanges' });

export const RotateBody = z
  .strictObject({
    overlapSeconds: z
      .int('must be a whole number')
      .min(0, 'must be 0 or more')
      .max(604_800, 'must be 604800 or less')
      .optional()
      .describe('How long the old secret still counts; default: 86400'),
    webhookSecret: z
      .string()
      .regex(/^[\x21-\x7e]{1,4096}$/, 'must be visible characters')
      .optional()
      .describe('Where the provider makes it, as Stripe does'),
  })
  .optional()
  .meta({ id: 'IntegrationSecretRotation' });

const fields = {
  id: id(),
  name: z.string(),
  platform: z.string(),
  source: z.string().describe('Stands before the ids of the provider in external ids'),
  status: z.enum(STATUSES).describe('pending: not synced yet'),
  teamId: id().nullable(),
  settings: freeForm(),
  hasCredentials: z.boolean(),
  hasWebhookSecret: z.boolean(),
  previousSecretUntil: timestamp().nullable().describe('Until when the webhook secret before this one counts as well'),
  lastSyncAt: timestamp().nullable(),
  lastError: z.string().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
const secret = z
  .string()
  .nullable()
  .describe('Shown once; null where the provider makes its own, or sends no webhooks');
export const Integration = z.strictObject(fields).meta({ id: 'Integration' });
export const IntegrationCreated = z
  .strictObject({ ...fields, webhookSecret: secret })
  .meta({ id: 'IntegrationCreated' });

const { platform: _platform, ...rest } = fields;
export const Installed = z.strictObject({ ...rest, provider: z.string() }).meta({ id: 'InstalledIntegration' });
export const InstalledNow = z
  .strictObject({ ...rest, provider: z.string(), webhookSecret: secret })
  .meta({ id: 'InstalledIntegrationWithSecret' });

/** As face A names it. */
export const asPlatform = <View extends { provider: string }>({ provider, ...view }: View) => ({
  ...view,
  platform: provider,
});
export type Created = IntegrationWithSecret;

const counts = z.strictObject({
  created: z.number(),
  updated: z.number(),
  deleted: z.number(),
  unchanged: z.number(),
  pushed: z.number().describe('Changes of ours that went out'),
  conflicts: z.number().describe('Fields that both sides had changed'),
  quarantined: z.number().describe('Could not be taken over; they are tried again'),
});
const failure = z.strictObject({ code: z.string(), message: z.string() });

export const Sync = z
  .strictObject({
    id: id(),
    integrationId: id(),
    number: z.number(),
    trigger: z.enum(['manual', 'schedule', 'webhook', 'connect', 'change']),
    mode: z.enum(['incremental', 'full']),
    dryRun: z.boolean(),
    streams: z.array(z.string()),
    status: z.enum(['pending', 'running', 'completed', 'failed', 'cancelled']),
    progress: z.strictObject({ stream: z.string(), phase: z.string(), streamsDone: z.number() }).nullable(),
    counts: z.record(z.string(), counts).describe('By stream'),
    report: z
      .array(z.strictObject({ stream: z.string(), record: z.string(), code: z.string(), message: z.string() }))
      .describe('The first hundred conflicts and refusals'),
    error: failure.nullable(),
    startedAt: timestamp().nullable(),
    completedAt: timestamp().nullable(),
    createdAt: timestamp(),
  })
  .meta({ id: 'IntegrationSync' });

export const SyncBody = z
  .strictObject({
    mode: z.enum(['incremental', 'full']).optional().describe('full: everything is read again'),
    dryRun: z
      .boolean()
      .optional()
      .describe('Each page is done and taken back: counts and report say what would happen'),
    streams: z.array(text(64)).min(1, 'must name one stream or more').max(20).optional(),
  })
  .optional()
  .meta({ id: 'IntegrationSyncInput' });

export const SyncQuery = z.strictObject({
  ...pageQuery,
  status: z.enum(['pending', 'running', 'completed', 'failed', 'cancelled']).optional(),
  trigger: z.enum(['manual', 'schedule', 'webhook', 'connect', 'change']).optional(),
});

export const Status = z
  .strictObject({
    id: id(),
    provider: z.string(),
    status: z.enum(STATUSES),
    healthScore: z.number().describe('0 to 100: calls of seven days, the last ten syncs, records put aside'),
    health: z.enum(['healthy', 'degraded', 'failing']),
    lastError: z.string().nullable(),
    lastSync: Sync.nullable(),
    currentSync: Sync.nullable(),
    lastCompletedAt: timestamp().nullable(),
    consecutiveFailures: z.number(),
    connection: z
      .strictObject({
        connectedAt: timestamp().nullable(),
        expiresAt: timestamp().nullable(),
        scope: z.string().nullable(),
      })
      .nullable(),
    rateLimit: z
      .strictObject({ burst: z.number(), perSecond: z.number(), blockedUntil: timestamp().nullable() })
      .nullable(),
    errors24h: z.array(z.strictObject({ code: z.string(), count: z.number() })),
    streams: z
      .array(
        z.strictObject({
          name: z.string(),
          direction: z.enum(DIRECTIONS),
          lastCompletedAt: timestamp().nullable(),
          linked: z.number(),
          pendingOut: z.number().describe('Records of ours that the other side does not know as they are'),
          quarantined: z.number(),
        }),
      )
      .describe('How far both sides are apart'),
    quarantine: z
      .array(
        z.strictObject({
          stream: z.string(),
          direction: z.enum(['in', 'out']),
          record: z.string(),
          code: z.string(),
          message: z.string(),
          attempts: z.number(),
          nextAttemptAt: timestamp(),
        }),
      )
      .describe('The newest twenty'),
  })
  .meta({ id: 'IntegrationStatus' });

const usage = {
  apiCalls: z.number(),
  successfulCalls: z.number(),
  failedCalls: z.number(),
  rateLimitedCalls: z.number(),
  averageLatencyMs: z.number().nullable(),
  maxLatencyMs: z.number(),
  costUsd: z.string().describe('Decimal text'),
  errors: z.record(z.string(), z.number()),
};
export const Usage = z
  .strictObject({
    startDate: day(),
    endDate: day(),
    totals: z.strictObject({ ...usage, successRate: z.number().nullable() }),
    days: z.array(z.strictObject({ date: day(), ...usage })),
  })
  .meta({ id: 'IntegrationUsage' });
export const UsageQuery = z.strictObject({
  startDate: day().optional().describe('Default: 30 days until endDate'),
  endDate: day().optional().describe('Default: today, UTC'),
});
