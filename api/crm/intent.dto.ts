import { z } from 'zod';
import {
  INTENT_SIGNAL_TYPE_NAMES,
  INTENT_TIERS,
  INTENT_TRENDS,
  LINKEDIN_ENGAGEMENT_TYPES,
} from '../../domain/crm/intent.rules.ts';
import { webAddress } from '../../domain/crm/record.input.ts';
import { PageViewBody } from '../../domain/data/behavior.input.ts';
import { INTENT_ALERT_TYPES } from '../../services/crm/intent/index.ts';
import { freeForm, id, text, timestamp } from '../http/schemas.ts';

export const trueOrFalse = () =>
  z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

const tier = z.enum(INTENT_TIERS);
const type = z.enum(INTENT_SIGNAL_TYPE_NAMES);
const signal = {
  id: id(),
  type,
  topic: z.string().nullable(),
  source: z.string(),
  sourceKey: z.string().nullable(),
  prospectId: id().nullable(),
  accountId: id().nullable(),
  strength: z.number(),
  halfLifeDays: z.number(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  data: freeForm(),
  occurredAt: timestamp(),
  expiresAt: timestamp(),
  createdAt: timestamp(),
};
export const Signal = z.strictObject(signal).meta({ id: 'IntentSignal' });
export const RecordedSignal = z
  .strictObject({
    ...signal,
    effect: z
      .strictObject({
        id: id(),
        score: z.number(),
        tier,
        previousScore: z.number(),
        previousTier: tier.nullable(),
        alerts: z.array(z.strictObject({ id: id(), type: z.enum(INTENT_ALERT_TYPES) })),
      })
      .nullable()
      .describe('What became of the score of the person or company'),
  })
  .meta({ id: 'RecordedIntentSignal' });

const explanation = {
  score: z.number().describe('0 to 100, of this moment'),
  tier,
  trend: z.enum(INTENT_TRENDS).describe('Against a week before: 5 points more or less'),
  scoreBefore: z.number().describe('A week before'),
  computedAt: timestamp(),
  signals: z.array(
    z.strictObject({
      ...signal,
      level: z
        .enum(['prospect', 'account'])
        .describe("Of a prospect: what happened at the company has level 'account'"),
      worth: z.number().describe('What is left of the strength'),
      share: z.number().describe('Part of the score; all parts add up to 1'),
    }),
  ),
  history: z.array(
    z.strictObject({
      score: z.number(),
      tier,
      signals: z.number(),
      reason: z.enum(['signal', 'time']),
      computedAt: timestamp(),
    }),
  ),
};
export const ProspectIntent = z
  .strictObject({ prospectId: id(), accountId: id().nullable(), ...explanation })
  .meta({ id: 'ProspectIntent' });
export const AccountIntent = z
  .strictObject({
    accountId: id(),
    ...explanation,
    visitors: z.number().describe('Visitors of the last 30 days'),
    prospects: z.array(
      z.strictObject({
        prospectId: id(),
        name: z.string().nullable(),
        title: z.string().nullable(),
        score: z.number(),
        tier,
      }),
    ),
  })
  .meta({ id: 'AccountIntent' });

export const IntentSummary = z
  .strictObject({
    totalProspects: z.number(),
    withIntent: z.number(),
    tiers: z.strictObject({ low: z.number(), warm: z.number(), hot: z.number(), burning: z.number() }),
    averageScore: z.number().describe('Of those with a score above 0'),
    liveSignals: z.number(),
    signalsLast7Days: z.number(),
    signalsByType: z.record(z.string(), z.number()),
    spikesLast7Days: z.number(),
    unacknowledgedAlerts: z.number(),
    accountsWithIntent: z.number(),
  })
  .meta({ id: 'IntentSummary' });

export const IntentProspect = z
  .strictObject({
    prospectId: id(),
    email: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    title: z.string().nullable(),
    company: z.string().nullable(),
    accountId: id().nullable(),
    ownerId: id().nullable(),
    teamId: id().nullable(),
    intentScore: z.number(),
    intentTier: tier,
    liveSignals: z.number(),
    lastSignalAt: timestamp().nullable(),
    topSignals: z.array(z.string()).describe('Types of what weighs most'),
  })
  .meta({ id: 'IntentProspect' });

export const IntentAlert = z
  .strictObject({
    id: id(),
    type: z.enum(INTENT_ALERT_TYPES),
    prospectId: id().nullable(),
    accountId: id().nullable(),
    name: z.string().nullable(),
    score: z.number(),
    previousScore: z.number(),
    tier,
    previousTier: tier.nullable(),
    details: freeForm(),
    detectedAt: timestamp(),
    acknowledgedAt: timestamp().nullable(),
    acknowledgedBy: id().nullable(),
    note: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'IntentAlert' });

export const VisitBody = z
  .strictObject({
    visitorId: text(255).describe('A cookie of your site'),
    sessionId: PageViewBody.shape.sessionId.optional(),
    url: PageViewBody.shape.url.unwrap(),
    title: PageViewBody.shape.title,
    referrer: PageViewBody.shape.referrer,
    durationSeconds: PageViewBody.shape.durationSeconds,
    email: z.email('must be an e-mail address').max(254).optional().describe('Of somebody who has said who they are'),
    occurredAt: PageViewBody.shape.occurredAt,
    externalId: PageViewBody.shape.externalId,
  })
  .meta({ id: 'IntentVisit' });

const visitor = {
  id: id(),
  identified: z.boolean().describe('Somebody, beyond a browser'),
  prospectId: id().nullable(),
  prospectName: z.string().nullable(),
  accountId: id().nullable(),
  accountName: z.string().nullable(),
  customerId: id().nullable(),
  firstSeenAt: timestamp(),
  lastSeenAt: timestamp(),
  pageViews: z.number(),
  sessions: z.number(),
  lastUrl: z.string().nullable(),
  firstReferrer: z.string().nullable(),
  intentScore: z.number(),
  intentTier: tier,
};
export const Visitor = z.strictObject(visitor).meta({ id: 'WebsiteVisitor' });
export const VisitorDetail = z
  .strictObject({
    ...visitor,
    topics: z.array(
      z.strictObject({
        topic: z.string(),
        days: z.number(),
        hits: z.number(),
        seconds: z.number(),
        lastAt: timestamp(),
      }),
    ),
    recentPageViews: z.array(
      z.strictObject({
        id: id(),
        url: z.string(),
        title: z.string().nullable(),
        durationSeconds: z.number().nullable(),
        occurredAt: timestamp(),
      }),
    ),
  })
  .meta({ id: 'WebsiteVisitorDetail' });

export const LinkedinBody = z
  .strictObject({
    prospectId: id().optional().describe('Or else linkedinUrl'),
    linkedinUrl: webAddress().optional().describe("The prospect's profile"),
    type: z.enum(LINKEDIN_ENGAGEMENT_TYPES),
    contentUrl: webAddress().optional(),
    notes: text(5_000).optional(),
    userId: id().optional().describe('Whose profile or post it was'),
    externalId: text(255).optional().describe('Makes a repeated request a duplicate'),
    occurredAt: timestamp().optional(),
  })
  .meta({ id: 'LinkedinEngagementInput' });
export const LinkedinEngagement = z
  .strictObject({
    id: id(),
    prospectId: id(),
    type: z.enum(LINKEDIN_ENGAGEMENT_TYPES),
    contentUrl: z.string().nullable(),
    notes: z.string().nullable(),
    userId: id().nullable(),
    externalId: z.string().nullable(),
    occurredAt: timestamp(),
    createdAt: timestamp(),
  })
  .meta({ id: 'LinkedinEngagement' });
