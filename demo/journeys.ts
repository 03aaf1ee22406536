import type { ConversionInput } from '../services/data/index.ts';
import type { DemoDefinition, NamedAgent } from './definition.ts';
import { type DemoPerson, identifiersOn, personStream } from './people.ts';
import { Random } from './random.ts';
import { type Stage, type Touch, touchOn } from './touches.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Moved off a weekend, the first day is still within the 90. */
const DAYS = 87;
/** Orders lie on days that leave room for a journey before them. */
const LAST_ORDER_DAYS = 78;

export interface Journey {
  touches: Touch[];
  conversions: ConversionInput[];
}

interface Told {
  readonly definition: DemoDefinition;
  readonly agents: readonly NamedAgent[];
  readonly anchor: number;
  readonly random: Random;
  readonly person: DemoPerson;
  readonly journey: Journey;
}

/** Everything between one person and the organization in the 90 days before `anchor`, in time order. */
export function journeyOf(
  definition: DemoDefinition,
  agents: readonly NamedAgent[],
  anchor: Date,
  person: DemoPerson,
): Journey {
  const told: Told = {
    definition,
    agents,
    anchor: anchor.getTime(),
    random: new Random(definition.seed ^ 0x5f5f, personStream(person.index)),
    person,
    journey: { touches: [], conversions: [] },
  };
  if (person.orders === 0) tellOfInterest(told);
  for (let order = 0; order < person.orders; order++) tellOfOrder(told, order);
  const touches = told.journey.touches
    .filter(({ input }) => input.startedAt.getTime() < told.anchor - HOUR_MS)
    .sort((a, b) => a.input.startedAt.getTime() - b.input.startedAt.getTime());
  return { ...told.journey, touches: named(told, touches) };
}

/** A few contacts that lead nowhere yet. */
function tellOfInterest(told: Told): void {
  const { random } = told;
  let daysBefore = later(random, DAYS);
  for (let left = random.between(1, 8); left > 0 && daysBefore >= 0; left--) {
    addTouch(told, atWork(told, daysBefore), left > 3 ? 'early' : 'undecided');
    daysBefore -= random.between(0, 6);
  }
}

/** Contacts of the last days before an order, sometimes older ones, and help afterwards. */
function tellOfOrder(told: Told, order: number): void {
  const { random, person, definition, journey } = told;
  const first = person.orders === 1 ? later(random, LAST_ORDER_DAYS) : random.between(30, LAST_ORDER_DAYS);
  const daysBefore = order === 0 ? first : random.between(0, 20);
  const orderedAt = atWork(told, daysBefore);
  const kind = random.weighted({ near: 85, far: 11, none: 4 });
  const touches = kind === 'none' ? 0 : kind === 'far' ? random.between(1, 3) : random.between(4, 9);
  for (let touch = 0; touch < touches; touch++) {
    // Those of the far kind lie outside of every usual window: their order stays without credit.
    const age = kind === 'far' ? random.between(9, 25) : touch === 0 && random.chance(0.3) ? 8 : touch % 6;
    let at = atWork(told, Math.min(daysBefore + age, DAYS));
    while (at >= orderedAt - HOUR_MS / 4) at -= random.between(5, 20) * HOUR_MS;
    addTouch(told, at, age >= 4 ? 'early' : 'late');
  }
  if (random.chance(0.35)) addTouch(told, orderedAt + random.between(2, 120) * HOUR_MS, 'after');
  const sold: ConversionInput = {
    externalEventId: `${definition.prefix}-order-${person.index}-${order}`,
    eventType: order > 0 ? 'renewal' : random.weighted({ purchase: 72, signup: 16, upgrade: 12 }),
    customerIdentifiers:
      random.chance(0.85) && person.known !== 'never' ? [person.email, person.phone] : [person.email],
    amountDecimal: amount(random),
    currency: person.currency,
    occurredAt: new Date(orderedAt),
    eventSource: random.pick(['billing', 'billing', 'webshop']),
    metadata: { plan: random.pick(['team', 'business', 'scale']) },
  };
  journey.conversions.push(sold, ...refundOf(told, sold, orderedAt));
}

/** Few orders are paid back, most of those whole; a stream of its own, so that it moves nothing else. */
function refundOf({ definition, person, anchor }: Told, sold: ConversionInput, orderedAt: number): ConversionInput[] {
  const random = new Random(definition.seed ^ 0x2e2e, personStream(person.index));
  const refundedAt = orderedAt + random.between(20, 400) * HOUR_MS;
  if (!random.chance(0.05) || refundedAt > anchor - HOUR_MS) return [];
  const cents = Number(sold.amountDecimal.replace('.', ''));
  const part = random.chance(0.65) ? cents : Math.ceil(cents * random.pick([0.25, 0.5]));
  return [
    {
      externalEventId: `${sold.externalEventId}-refund`,
      eventType: 'refund',
      customerIdentifiers: [],
      amountDecimal: `-${(part / 100).toFixed(2)}`,
      currency: sold.currency,
      occurredAt: new Date(refundedAt),
      eventSource: 'billing',
      refundOf: sold.externalEventId,
      metadata: { reason: random.pick(['cancelled', 'not delivered', 'goodwill']) },
    },
  ];
}

/** Many small orders, few large ones. */
const amount = (random: Random): string =>
  (49 + 40 * Math.exp(random.next() * 5.4)).toFixed(0) + random.pick(['.00', '.00', '.50', '.90']);

/** Days before the anchor; business has been growing. */
const later = (random: Random, most: number): number => Math.floor(random.next() ** 1.15 * most);

/** A moment of a working day (or a rare weekend), most of them around noon. */
function atWork({ anchor, random }: Told, daysBefore: number): number {
  let start = anchor - (daysBefore + 1) * DAY_MS;
  const weekday = new Date(start).getUTCDay();
  if (weekday % 6 === 0 && random.chance(0.8)) start -= (weekday === 0 ? 2 : 1) * DAY_MS;
  const hour = 7 + (random.next() + random.next()) * 6.5;
  return start + Math.floor(hour * HOUR_MS);
}

function addTouch(told: Told, at: number, stage: Stage): void {
  told.journey.touches.push(touchOn(told, at, stage));
}

/** Numbers the touches, and lets one in the middle show that phone and e-mail are one person's. */
function named({ definition, person, random }: Told, touches: readonly Touch[]): Touch[] {
  const showsFrom = Math.floor(touches.length / 2);
  return touches.map(({ input }, index) => ({
    input: {
      ...input,
      externalInteractionId: `${definition.prefix}-touch-${person.index}-${index}`,
      customerIdentifiers: identifiersOn(person, input.channel, index >= showsFrom && random.chance(0.6)),
    },
  }));
}
