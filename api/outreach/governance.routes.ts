import { z } from 'zod';
import { CONTACT_RULES } from '../../domain/outreach/contact-decision.rules.ts';
import { CONTACT_CHANNELS, CONTACT_PURPOSES } from '../../domain/outreach/contact-policy.rules.ts';
import {
  canContact,
  getContactPolicy,
  listConsents,
  recordConsent,
  updateContactPolicy,
} from '../../services/outreach/governance/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'contact-governance';
const params = z.strictObject({ id: id() });
const channel = z.enum(CONTACT_CHANNELS);
const rule = z.enum(CONTACT_RULES);

export const canContactEndpoint = defineEndpoint({
  operationId: 'canContact',
  face,
  method: 'get',
  path: '/prospects/{id}/can-contact',
  tag,
  summary: 'May this person be contacted, and which rule decides',
  description:
    'The same decision as every message gets when it is claimed and again before it is handed over. `held` ends by itself at `until`. Where the time zone is not known, every zone of the country or the number counts.',
  errors: [404],
  params,
  query: z.strictObject({
    channel,
    purpose: z
      .enum(CONTACT_PURPOSES)
      .default('sequence')
      .describe('Between two people, stops and consent decide; the other rules are warnings'),
  }),
  response: z
    .strictObject({
      prospectId: id(),
      channel,
      purpose: z.enum(CONTACT_PURPOSES),
      decision: z.enum(['allowed', 'held', 'refused']),
      rule: rule.nullable(),
      until: timestamp().nullable(),
      message: z.string(),
      checks: z.array(
        z.strictObject({
          rule,
          outcome: z.enum(['passed', 'refused', 'held', 'warning', 'off']),
          until: timestamp().nullable(),
          message: z.string(),
        }),
      ),
      zones: z.strictObject({
        zones: z.array(z.string()),
        source: z.enum(['prospect', 'country', 'phone', 'organization']),
      }),
    })
    .meta({ id: 'ContactDecision' }),
  verb: canContact,
  input: ({ params: given, query }) => ({ ...given, ...query }),
  output: (answer) => ({
    ...answer,
    checks: [...answer.checks],
    zones: { ...answer.zones, zones: [...answer.zones.zones] },
  }),
  examples: [{ name: 'By e-mail', query: { channel: 'email' } }],
});

const Consent = z
  .strictObject({
    id: id(),
    prospectId: id(),
    channel,
    status: z.enum(['granted', 'withdrawn']),
    source: z.string(),
    proof: z.string().nullable(),
    recordedBy: id().nullable(),
    occurredAt: timestamp(),
    createdAt: timestamp(),
  })
  .meta({ id: 'ContactConsent' });

export const listConsentsEndpoint = defineEndpoint({
  operationId: 'listContactConsents',
  face,
  method: 'get',
  path: '/prospects/{id}/consents',
  tag,
  summary: 'What a person has agreed to and withdrawn, the latest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject(pageQuery),
  response: Consent,
  verb: listConsents,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

export const recordConsentEndpoint = defineEndpoint({
  operationId: 'recordContactConsent',
  face,
  method: 'post',
  path: '/prospects/{id}/consents',
  tag,
  summary: 'Record that a person agrees to a channel, or no longer does',
  description:
    'The latest word counts. A withdrawal is answered once no message to the person is on its way; a 503 says that it is stored and one still is.',
  errors: [404],
  status: 201,
  params,
  body: z
    .strictObject({
      channel,
      status: z.enum(['granted', 'withdrawn']),
      source: text(200).describe('How it was given, such as a form'),
      proof: text(2_000).nullish().describe('Where it can be looked up'),
      occurredAt: timestamp().optional(),
    })
    .meta({ id: 'ContactConsentInput' }),
  response: Consent,
  verb: recordConsent,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  examples: [
    {
      name: 'Texts are welcome',
      body: { channel: 'sms', status: 'granted', source: 'form of the fair', proof: 'https://forms.example.com/4711' },
    },
  ],
});

const limit = (what: string) => z.int().min(0).max(10_000).nullable().describe(`${what}; null: no limit`);
const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day, like 09:00');
const hours = z
  .strictObject({
    start: timeOfDay,
    end: timeOfDay,
    days: z.array(z.int().min(1).max(7)).min(1).max(7).optional().describe('ISO: 1 is Monday'),
  })
  .refine(({ start, end }) => start < end, { path: ['end'], message: 'must be later than the start' })
  .nullable();
const contactHours = { email: hours, sms: hours, call: hours, linkedin: hours };
const switches = z.enum(['refuse', 'allow']);
const policy = {
  perPersonPerDay: limit('Touches of one person within 24 hours, over all channels'),
  perPersonPerWeek: limit('Touches of one person within seven days'),
  perAccountPerDay: limit('Touches of all people of an account within 24 hours'),
  consentRequired: z.array(channel).max(4),
  customers: switches,
  openDeals: switches,
  support: switches.describe('People of whom support has something urgent at hand'),
  ownerCollision: switches.describe('People who belong to somebody else'),
  directMessages: z.enum(['stops', 'all']).describe('What holds back a message between two people'),
};
const Policy = z
  .strictObject({ ...policy, contactHours: z.strictObject(contactHours), version: z.number() })
  .meta({ id: 'ContactPolicy' });

export const getContactPolicyEndpoint = defineEndpoint({
  operationId: 'getContactPolicy',
  face,
  method: 'get',
  path: '/contact-policy',
  tag,
  summary: 'Whom this organization contacts, when, and how often',
  response: Policy,
  verb: getContactPolicy,
  input: () => undefined,
  output: toWire,
  etag: ({ version }) => version,
});

export const updateContactPolicyEndpoint = defineEndpoint({
  operationId: 'updateContactPolicy',
  face,
  method: 'put',
  path: '/contact-policy',
  tag,
  summary: 'Change whom, when and how often (partial)',
  description: 'Holds for every message that is claimed from now on, whenever it was planned.',
  errors: [412],
  body: z
    .strictObject({ ...policy, contactHours: z.strictObject(contactHours).partial() })
    .partial()
    .meta({ id: 'ContactPolicyChanges' }),
  response: Policy,
  verb: updateContactPolicy,
  input: ({ body, raw }) => ({ expectedVersion: raw.ifMatch, changes: body }),
  output: toWire,
  etag: ({ version }) => version,
  examples: [
    {
      name: 'Twice a day at most, calls in office hours',
      body: { perPersonPerDay: 2, contactHours: { call: { start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] } } },
    },
  ],
});

function toWire(view: Awaited<ReturnType<typeof getContactPolicy>>): z.output<typeof Policy> {
  const { email, sms, call, linkedin } = view.contactHours;
  const of = (given: typeof email) => (given === null ? null : { ...given, days: given.days && [...given.days] });
  return {
    ...view,
    consentRequired: [...view.consentRequired],
    contactHours: { email: of(email), sms: of(sms), call: of(call), linkedin: of(linkedin) },
  };
}
