import type { ConversionInput, InteractionInput } from '../services/data/index.ts';
import { Random } from './random.ts';

const DAY_MS = 86_400_000;
const DAYS = 90;
const CUSTOMERS = 120;
const CHANNELS = ['call', 'email', 'chat', 'sms', 'web', 'linkedin', 'direct'] as const;
const INTENTS = ['purchase_inquiry', 'pricing_question', 'support_request', 'renewal', 'general_question'] as const;
const VENDORS = ['convin', 'callwave', 'northstar'] as const;
const AGENTS = 12;
const CAMPAIGNS = ['spring-launch', 'win-back', 'webinar-series'] as const;

export interface DemoFacts {
  interactions: InteractionInput[];
  conversions: ConversionInput[];
}

/** Facts of a voice reseller over the 90 days before `anchor`; the same for the same seed and anchor. */
export function northwindFacts(seed: number, anchor: Date): DemoFacts {
  const random = new Random(seed);
  const facts: DemoFacts = { interactions: [], conversions: [] };
  for (let customer = 0; customer < CUSTOMERS; customer++) addCustomer(facts, random, customer, anchor);
  return facts;
}

function addCustomer(facts: DemoFacts, random: Random, customer: number, anchor: Date): void {
  const identifiers = [
    { type: 'email', value: `buyer${customer}@customer-${customer % 40}.example` },
    { type: 'phone', value: `+1415555${String(1000 + customer)}` },
  ];
  const touches = random.between(1, 7);
  let at = anchor.getTime() - random.between(3, DAYS) * DAY_MS + random.between(0, DAY_MS);
  for (let touch = 0; touch < touches && at < anchor.getTime(); touch++) {
    facts.interactions.push(interaction(random, `nw-touch-${customer}-${touch}`, at, identifiers));
    at += random.between(2, 60) * 3_600_000;
  }
  if (random.next() < 0.4 && at < anchor.getTime()) {
    facts.conversions.push({
      externalEventId: `nw-order-${customer}`,
      eventType: random.next() < 0.8 ? 'purchase' : 'signup',
      customerIdentifiers: [random.pick(identifiers)],
      amountDecimal: `${random.between(40, 9000)}.${String(random.between(0, 99)).padStart(2, '0')}`,
      currency: random.next() < 0.8 ? 'USD' : 'EUR',
      occurredAt: new Date(at),
      eventSource: 'billing',
    });
  }
}

function interaction(
  random: Random,
  externalInteractionId: string,
  at: number,
  identifiers: InteractionInput['customerIdentifiers'],
): InteractionInput {
  const channel = random.pick(CHANNELS);
  const agent = random.between(1, AGENTS);
  return {
    externalInteractionId,
    channel,
    startedAt: new Date(at),
    endedAt: new Date(at + random.between(1, 40) * 60_000),
    direction: random.next() < 0.6 ? 'outbound' : 'inbound',
    language: 'en',
    // Now and then only one identifier is known; a later touch with both shows that it is the same person.
    customerIdentifiers: random.next() < 0.5 ? identifiers : [random.pick(identifiers)],
    primaryIntent: random.pick(INTENTS),
    ...(random.next() < 0.7 ? { purchaseProbability: random.between(5, 95) / 100 } : {}),
    ...(channel === 'call' ? { vendorCode: random.pick(VENDORS), cost: '1.80', costCurrency: 'USD' } : {}),
    ...(channel === 'web' || channel === 'email' ? { campaign: random.pick(CAMPAIGNS) } : {}),
    ...(channel === 'call' || channel === 'chat'
      ? { participants: [{ role: 'agent' as const, externalId: `agent-${agent}`, name: `Agent ${agent}` }] }
      : {}),
  };
}
