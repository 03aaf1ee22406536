import fc from 'fast-check';
import {
  correctConversion,
  correctInteraction,
  ingestConversion,
  ingestEvent,
  ingestInteraction,
  ingestPageView,
  mergeCustomers,
  voidInteraction,
} from '../../services/data/index.ts';
import type { TestDatabase, TestTenant } from '../database.ts';
import type { NaiveConversion, NaiveEvent, NaiveTouch } from './naive.ts';
import type { NaiveBehavior } from './naive-behavior.ts';

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** Before the one moment that every generated fact is measured from. */
export const at = (hoursBefore: number): Date => new Date(Date.UTC(2026, 5, 1) - Math.round(hoursBefore * 3_600_000));

const person = fc.integer({ min: 0, max: 3 });
const touchArbitrary = fc.record({
  person,
  channel: fc.constantFrom('call', 'email', 'chat', 'direct'),
  // Whole hours make equal timestamps likely.
  hoursBefore: fc.integer({ min: 0, max: 200 }),
  probability: fc.option(fc.integer({ min: 0, max: 100 }).map((p) => p / 100)),
  intent: fc.constantFrom(null, 'purchase_inquiry', 'support_request', 'other'),
  agents: fc.uniqueArray(
    fc.record({ agent: fc.integer({ min: 0, max: 4 }), share: fc.option(fc.constantFrom(0.25, 0.5, 1)) }),
    { maxLength: 3, selector: (entry) => entry.agent },
  ),
  fate: fc.constantFrom('kept', 'kept', 'kept', 'moved', 'rechannelled', 'voided'),
});
const saleArbitrary = fc.record({
  person,
  eventType: fc.constantFrom('purchase', 'signup'),
  hoursBefore: fc.integer({ min: 0, max: 100 }),
  amountMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
  fate: fc.constantFrom('kept', 'kept', 'repriced'),
  /** Each a part of what is left of the amount. */
  refunds: fc.array(fc.record({ part: fc.constantFrom(0.001, 0.3, 1), hoursAfter: fc.integer({ min: 0, max: 90 }) }), {
    maxLength: 2,
  }),
});
const eventArbitrary = fc.record({
  person,
  type: fc.constantFrom('form_submitted', 'demo_booked', 'scroll', 'page_view'),
  named: fc.boolean(),
  hoursBefore: fc.integer({ min: 0, max: 200 }),
});

export const factsArbitrary = fc.record({
  touches: fc.array(touchArbitrary, { minLength: 1, maxLength: 25 }),
  sales: fc.array(saleArbitrary, { minLength: 1, maxLength: 8 }),
  events: fc.array(eventArbitrary, { maxLength: 12 }),
  /** Persons 0 and 1 turn out to be one. */
  linked: fc.boolean(),
  /** Persons 2 and 3 are merged by hand. */
  merged: fc.boolean(),
});
export type RandomFacts = Generated<typeof factsArbitrary>;

const weight = fc.constantFrom(0, 0.1, 0.25, 1, 3.5);
export const configArbitrary = fc.record({
  timeWindowHours: fc.constantFrom(24, 72, 168),
  halfLifeHours: fc.constantFrom(12, 36, 100),
  includeChannels: fc.constantFrom<string[]>([], ['call', 'email', 'direct', 'sms'], ['web', 'chat']),
  channelWindows: fc.constantFrom<Record<string, number>>({}, { email: 30, web: 100 }),
  eventTypeWindows: fc.constantFrom<Record<string, number>>({}, { signup: 48 }),
  markovOrder: fc.integer({ min: 1, max: 3 }),
  touchEventTypes: fc.constantFrom<string[]>([], ['form_submitted', 'page_view'], ['demo_booked', 'scroll']),
  positionWeights: fc
    .record({ first: weight, middle: weight, last: weight })
    .filter(({ first, middle, last }) => first + middle + last > 0),
  customWeights: fc.oneof(
    fc.record({ first: weight, middle: fc.constant(0.2), last: weight }),
    fc.record({ positions: fc.array(weight, { maxLength: 3 }).map((rest) => [0.5, ...rest]), otherPositions: weight }),
    fc.record({
      first: fc.constant(1),
      channels: fc.constant({ call: 2, email: 0 }),
      otherChannels: weight,
    }),
  ),
});
export type RandomConfig = Generated<typeof configArbitrary>;

/** Settings of the organization that the models read. */
export const MILESTONES = { lead: ['form_submitted'], opportunity: ['demo_booked', 'signup'] };
export const DIRECT = ['direct', '(direct)', 'none'];

export async function arrangeSettings(database: TestDatabase, tenant: TestTenant): Promise<void> {
  await database.owner`
    update organizations set milestone_event_types = ${database.owner.json(MILESTONES)} where id = ${tenant.organizationId}`;
}

export const touchInput = (externalId: string, hoursBefore: number, who: string, extra: object = {}) => ({
  externalInteractionId: externalId,
  channel: 'call',
  startedAt: at(hoursBefore),
  customerIdentifiers: [{ type: 'external_id', value: who }],
  ...extra,
});
export const saleInput = (
  externalId: string,
  hoursBefore: number,
  who: string,
  amount: string,
  extra: object = {},
) => ({
  externalEventId: externalId,
  eventType: 'purchase',
  customerIdentifiers: [{ type: 'external_id', value: who }],
  amountDecimal: amount,
  currency: 'USD',
  occurredAt: at(hoursBefore),
  eventSource: 'billing',
  ...extra,
});
export const bridgeInput = (externalId: string, first: number, second: number) => ({
  ...touchInput(externalId, 5_000, `p${first}`),
  customerIdentifiers: [
    { type: 'external_id', value: `p${first}` },
    { type: 'external_id', value: `p${second}` },
  ],
});

export interface KnownFacts {
  touches: NaiveTouch[];
  conversions: NaiveConversion[];
  events: NaiveEvent[];
  behavior: NaiveBehavior[];
}

/** Takes the facts in, and answers them as the naive implementation reads them. */
export async function ingestRandom(
  database: TestDatabase,
  tenant: TestTenant,
  facts: RandomFacts,
): Promise<KnownFacts> {
  const personOf = (number: number) => {
    if (facts.linked && number === 1) return 'p0';
    return facts.merged && number === 3 ? 'p2' : `p${number}`;
  };
  const touches: NaiveTouch[] = [];
  for (const [index, entry] of facts.touches.entries()) {
    const externalId = `t${String(index).padStart(3, '0')}`;
    const input = touchInput(externalId, entry.hoursBefore, `p${entry.person}`, {
      channel: entry.channel,
      ...(entry.probability === null ? {} : { purchaseProbability: entry.probability }),
      ...(entry.intent === null ? {} : { primaryIntent: entry.intent }),
      participants: entry.agents.map(({ agent, share }) => ({
        role: 'agent',
        externalId: `a${agent}`,
        ...(share === null ? {} : { share }),
      })),
    });
    const { id } = await tenant.run((ctx) => ingestInteraction(ctx, input));
    const { channel, hoursBefore } = await befall(tenant, id, entry);
    if (entry.fate === 'voided') continue;
    touches.push({
      id,
      externalId,
      personId: personOf(entry.person),
      channel,
      startedAt: at(hoursBefore),
      purchaseProbability: entry.probability,
      primaryIntent: entry.intent,
      agents: entry.agents.map(({ agent, share }) => ({ agentId: `a${agent}`, share })),
    });
  }
  const known = await database.owner<{ id: string; external_id: string }[]>`
    select id, external_id from agents where organization_id = ${tenant.organizationId}`;
  const agents = new Map(known.map((row) => [row.external_id, row.id]));
  for (const touch of touches) for (const agent of touch.agents) agent.agentId = agents.get(agent.agentId)!;

  const conversions: NaiveConversion[] = [];
  for (const [index, entry] of facts.sales.entries()) {
    const amountMinor = entry.fate === 'repriced' ? entry.amountMinor + 700_001 : entry.amountMinor;
    const amount = decimal(entry.amountMinor);
    const input = saleInput(`c${index}`, entry.hoursBefore, `p${entry.person}`, amount, { eventType: entry.eventType });
    const { id } = await tenant.run((ctx) => ingestConversion(ctx, input));
    if (entry.fate === 'repriced') {
      await tenant.run((ctx) => correctConversion(ctx, { id, changes: { amountDecimal: decimal(amountMinor) } }));
    }
    conversions.push({
      id,
      personId: personOf(entry.person),
      eventType: entry.eventType,
      amountMinor: BigInt(amountMinor),
      occurredAt: at(entry.hoursBefore),
      refunds: await refund(tenant, `c${index}`, entry, amountMinor),
    });
  }
  const events: NaiveEvent[] = conversions.map(({ personId, eventType, occurredAt }) => ({
    personId,
    type: eventType,
    occurredAt,
  }));
  const behavior: NaiveBehavior[] = [];
  for (const [index, { person: number, type, hoursBefore, named }] of facts.events.entries()) {
    const externalId = named ? `e${index}` : null;
    const { id } = await behave(tenant, type, hoursBefore, `p${number}`, externalId ?? undefined);
    const happened = { personId: personOf(number), type, occurredAt: at(hoursBefore) };
    behavior.push({ id, externalId, ...happened });
    if (type !== 'page_view') events.push(happened);
  }
  // One fact that names two people shows that 0 and 1 are the same person; it lies outside of every window.
  if (facts.linked) {
    const { id } = await tenant.run((ctx) => ingestInteraction(ctx, bridgeInput('bridge', 0, 1)));
    const plain = { channel: 'call', purchaseProbability: null, primaryIntent: null, agents: [] };
    touches.push({ id, externalId: 'bridge', personId: 'p0', startedAt: bridgeInput('', 0, 1).startedAt, ...plain });
  }
  if (facts.merged) await merge(database, tenant);
  return { touches, conversions, events, behavior };
}

/** An event of somebody, or the view of a page. */
export const behave = (
  tenant: TestTenant,
  type: string,
  hoursBefore: number,
  who: string,
  externalId?: string,
): Promise<{ id: string }> => {
  const happened = {
    occurredAt: at(hoursBefore),
    customerIdentifiers: [{ type: 'external_id', value: who }],
    externalId,
  };
  return type === 'page_view'
    ? tenant.run((ctx) =>
        ingestPageView(ctx, { ...happened, sessionId: `s-${who}`, url: 'https://shop.example/prices' }),
      )
    : tenant.run((ctx) => ingestEvent(ctx, { ...happened, type }));
};

const decimal = (minor: number): string => (minor / 100).toFixed(2);

/** Corrects or voids a touch; answers what holds afterwards. */
async function befall(tenant: TestTenant, id: string, { fate, channel, hoursBefore }: RandomFacts['touches'][number]) {
  if (fate === 'voided') await tenant.run((ctx) => voidInteraction(ctx, { id, reason: 'a test call' }));
  const corrected = {
    channel: fate === 'rechannelled' ? 'sms' : channel,
    hoursBefore: fate === 'moved' ? hoursBefore + 7 : hoursBefore,
  };
  if (fate === 'rechannelled') {
    await tenant.run((ctx) => correctInteraction(ctx, { id, changes: { channel: corrected.channel } }));
  }
  if (fate === 'moved') {
    const startedAt = at(corrected.hoursBefore);
    await tenant.run((ctx) => correctInteraction(ctx, { id, changes: { startedAt } }));
  }
  return corrected;
}

async function refund(
  tenant: TestTenant,
  refundOf: string,
  { refunds, person: who, hoursBefore }: RandomFacts['sales'][number],
  amountMinor: number,
) {
  const made: { id: string; amountMinor: bigint }[] = [];
  let left = amountMinor;
  for (const [index, { part, hoursAfter }] of refunds.entries()) {
    const minor = Math.floor(left * part);
    if (minor === 0) continue;
    left -= minor;
    const input = saleInput(`${refundOf}-r${index}`, hoursBefore - hoursAfter, `p${who}`, decimal(-minor), {
      refundOf,
    });
    const { id } = await tenant.run((ctx) => ingestConversion(ctx, input));
    made.push({ id, amountMinor: BigInt(-minor) });
  }
  return made;
}

async function merge(database: TestDatabase, tenant: TestTenant): Promise<void> {
  const records = await database.owner<{ customer_id: string }[]>`
    select customer_id from customer_identifiers
    where organization_id = ${tenant.organizationId} and value in ('p2', 'p3') order by value`;
  const [target, source] = records.map((row) => row.customer_id);
  if (target && source) await tenant.run((ctx) => mergeCustomers(ctx, { sourceId: source, targetId: target }));
}

/** What may happen after a run was frozen: late touches, late revenue, late milestones, people found to be the same. */
export async function disturb(tenant: TestTenant): Promise<void> {
  for (const number of [0, 1, 2, 3]) {
    const who = `p${number}`;
    await tenant.run((ctx) => ingestInteraction(ctx, touchInput(`late-${number}`, 10, who)));
    await tenant.run((ctx) => ingestConversion(ctx, saleInput(`late-${number}`, 5, who, '9.99')));
    for (const hoursBefore of [300, 20]) await behave(tenant, 'form_submitted', hoursBefore, who);
    await behave(tenant, 'page_view', 20, who);
  }
  await tenant.run((ctx) => ingestInteraction(ctx, bridgeInput('late-bridge', 2, 3)));
  await tenant.run((ctx) => ingestInteraction(ctx, bridgeInput('late-bridge-2', 0, 2)));
}
