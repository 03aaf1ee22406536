import type { ModelCode } from '../../domain/insight/attribution.rules.ts';
import type { CustomWeights, PositionWeights } from '../../domain/insight/custom-weights.rules.ts';

/** A deliberately plain second implementation: loops, BigInt fractions, no SQL. Slow, and easy to check by eye. */
export interface NaiveTouch {
  id: string;
  externalId: string;
  personId: string;
  channel: string;
  startedAt: Date;
  purchaseProbability: number | null;
  primaryIntent: string | null;
  agents: { agentId: string; share: number | null }[];
}

export interface NaiveConversion {
  id: string;
  personId: string;
  eventType: string;
  amountMinor: bigint;
  occurredAt: Date;
  refunds: { id: string; amountMinor: bigint }[];
}

/** Events and conversions alike, of a type that is a milestone or not. */
export interface NaiveEvent {
  personId: string;
  type: string;
  occurredAt: Date;
}

export interface NaiveSettings {
  directChannels: string[];
  milestones: { lead: string[]; opportunity: string[] };
  events: NaiveEvent[];
  /** MARKOV: by channel, in units of 1e-12. */
  removalEffects: Record<string, number>;
}

export interface NaiveConfig {
  timeWindowHours: number;
  halfLifeHours: number;
  includeChannels: string[];
  channelWindows: Record<string, number>;
  eventTypeWindows: Record<string, number>;
  positionWeights: PositionWeights;
  customWeights: CustomWeights;
  markovOrder: number;
  touchEventTypes: string[];
}

export interface NaiveCredit {
  conversionId: string;
  interactionId: string;
  agentId: string | null;
  weight: bigint;
  amountMinor: bigint;
  isPrimaryTouch: boolean;
}

const UNITS = 1_000_000_000_000n;
const HOUR_MS = 3_600_000;

export function naiveCredits(
  model: ModelCode,
  config: NaiveConfig,
  conversions: NaiveConversion[],
  touches: NaiveTouch[],
  settings: NaiveSettings,
): NaiveCredit[] {
  return conversions.flatMap((conversion) => creditsOf(model, config, conversion, touches, settings));
}

function creditsOf(
  model: ModelCode,
  config: NaiveConfig,
  conversion: NaiveConversion,
  touches: NaiveTouch[],
  settings: NaiveSettings,
): NaiveCredit[] {
  const inWindow = inWindowOf(config, conversion, touches);
  if (inWindow.length === 0) return [];
  const raw = rawWeights(model, config, inWindow, conversion, settings);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const primary = raw.lastIndexOf(Math.max(...raw));
  const rows = inWindow.flatMap((touch, position) => {
    if (raw[position] === 0) return [];
    const agents = touch.agents.length > 0 ? touch.agents : [{ agentId: null, share: null }];
    const shares = agents.reduce((sum, agent) => sum + (agent.share ?? 1), 0);
    return agents.map((agent) => ({
      position,
      touch,
      agentId: agent.agentId,
      exact: (raw[position]! / total) * ((agent.share ?? 1) / shares) * Number(UNITS),
    }));
  });
  const order = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    Number(b.position === primary) - Number(a.position === primary) ||
    b.position - a.position ||
    compare(a.agentId ?? '~', b.agentId ?? '~');
  const weights = largestRemainder(
    rows.map((row) => ({ row, whole: BigInt(Math.floor(row.exact)), rest: row.exact - Math.floor(row.exact) })),
    UNITS,
    order,
  );
  // A refund divides its own amount by the weights of its original.
  return [conversion, ...conversion.refunds].flatMap(({ id, amountMinor }) => {
    const size = amountMinor < 0n ? -amountMinor : amountMinor;
    const amounts = largestRemainder(
      rows.map((row) => {
        const product = size * weights.get(row)!;
        return { row, whole: product / UNITS, rest: Number(product % UNITS) };
      }),
      size,
      order,
    );
    return rows.map((row) => ({
      conversionId: id,
      interactionId: row.touch.id,
      agentId: row.agentId,
      weight: weights.get(row)!,
      amountMinor: amountMinor < 0n ? -amounts.get(row)! : amounts.get(row)!,
      isPrimaryTouch: row.position === primary,
    }));
  });
}

export function inWindowOf(config: NaiveConfig, conversion: NaiveConversion, touches: NaiveTouch[]): NaiveTouch[] {
  return touches
    .filter((touch) => touch.personId === conversion.personId)
    .filter((touch) => config.includeChannels.length === 0 || config.includeChannels.includes(touch.channel))
    .filter((touch) => {
      const age = conversion.occurredAt.getTime() - touch.startedAt.getTime();
      return age >= 0 && age <= windowHours(config, conversion, touch) * HOUR_MS;
    })
    .sort(inOrder);
}

export const inOrder = (a: NaiveTouch, b: NaiveTouch): number =>
  a.startedAt.getTime() - b.startedAt.getTime() || compare(a.externalId, b.externalId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function windowHours(config: NaiveConfig, conversion: NaiveConversion, touch: NaiveTouch): number {
  const special = [config.channelWindows[touch.channel], config.eventTypeWindows[conversion.eventType]].filter(
    (hours) => hours !== undefined,
  );
  return special.length > 0 ? Math.min(...special) : config.timeWindowHours;
}

function rawWeights(
  model: ModelCode,
  config: NaiveConfig,
  touches: NaiveTouch[],
  conversion: NaiveConversion,
  settings: NaiveSettings,
): number[] {
  const last = touches.length - 1;
  switch (model) {
    case 'FIRST_TOUCH':
      return touches.map((_, index) => (index === 0 ? 1 : 0));
    case 'LAST_TOUCH':
      return touches.map((_, index) => (index === last ? 1 : 0));
    case 'LINEAR':
      return touches.map(() => 1);
    case 'TIME_DECAY': {
      const newest = touches[last]!.startedAt.getTime();
      return touches.map((touch) =>
        Math.floor(2 ** ((touch.startedAt.getTime() - newest) / HOUR_MS / config.halfLifeHours) * 1e12),
      );
    }
    case 'AI_WEIGHTED': {
      const known = touches.flatMap((touch) => touch.purchaseProbability ?? []);
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
      const raw = touches.map((touch) =>
        Math.floor((touch.purchaseProbability ?? mean) * intentWeight(touch.primaryIntent) * 1e9),
      );
      return known.length === 0 || raw.every((weight) => weight === 0) ? touches.map(() => 1) : raw;
    }
    case 'POSITION_BASED': {
      const { first, middle, last } = config.positionWeights;
      const raw = byPosition(touches.length, Math.round(first * 1e6), Math.round(middle * 1e6), Math.round(last * 1e6));
      return raw.every((weight) => weight === 0) ? touches.map(() => 1) : raw;
    }
    case 'W_SHAPED':
      return byMilestones(touches, conversion, settings, [30, 30, 30], 10, false);
    case 'FULL_PATH':
      return byMilestones(touches, conversion, settings, [225, 225, 225], 100, true);
    case 'LAST_NON_DIRECT': {
      const direct = touches.map((touch) => settings.directChannels.includes(touch.channel.toLowerCase()));
      const winner = direct.includes(false) ? direct.lastIndexOf(false) : last;
      return touches.map((_, index) => (index === winner ? 1 : 0));
    }
    case 'CUSTOM': {
      const {
        positions,
        channels,
        otherPositions = 0,
        otherChannels = 1,
        first,
        middle,
        last: end,
      } = config.customWeights;
      let position = touches.map(() => 1);
      if (positions) position = touches.map((_, index) => positions[index] ?? otherPositions);
      else if (first !== undefined || middle !== undefined || end !== undefined) {
        const n = touches.length;
        position = touches.map((_, index) => {
          if (n === 1) return 1;
          if (index === 0) return first ?? 0;
          return index === n - 1 ? (end ?? 0) : (middle ?? 0) / (n - 2);
        });
      }
      const raw = touches.map((touch, index) =>
        Math.floor(position[index]! * (channels ? (channels[touch.channel] ?? otherChannels) : 1) * 1e9),
      );
      return raw.every((weight) => weight === 0) ? touches.map(() => 1) : raw;
    }
    case 'MARKOV':
      return byValue(touches, (value) => settings.removalEffects[value] ?? 0);
    case 'SHAPLEY':
      return byValue(touches, () => 1e12);
  }
}

/** A value's weight, divided by how many touches have it. */
function byValue(touches: NaiveTouch[], weightOf: (value: string) => number): number[] {
  const raw = touches.map((touch) => {
    const same = touches.filter((other) => other.channel === touch.channel).length;
    return Math.floor(weightOf(touch.channel) / same);
  });
  return raw.every((weight) => weight === 0) ? touches.map(() => 1) : raw;
}

/** Middle touches share `middle`: everything times n − 2, so that numbers stay whole. */
function byPosition(n: number, first: number, middle: number, last: number): number[] {
  if (n === 1) return [1];
  if (n === 2) return [first, last];
  return Array.from({ length: n }, (_, index) =>
    index === 0 ? first * (n - 2) : index === n - 1 ? last * (n - 2) : middle,
  );
}

function byMilestones(
  touches: NaiveTouch[],
  conversion: NaiveConversion,
  { milestones, events }: NaiveSettings,
  [first, lead, opportunity]: [number, number, number],
  middle: number,
  withClose: boolean,
): number[] {
  const weights = touches.map(() => 0);
  weights[0]! += first;
  if (withClose) weights[touches.length - 1]! += first;
  for (const [types, share] of [
    [milestones.lead, lead],
    [milestones.opportunity, opportunity],
  ] as const) {
    const reached = events
      .filter((event) => event.personId === conversion.personId && types.includes(event.type))
      .map((event) => event.occurredAt.getTime())
      .sort((a, b) => a - b)[0];
    if (reached === undefined || reached > conversion.occurredAt.getTime()) continue;
    const index = touches.findLastIndex((touch) => touch.startedAt.getTime() <= reached);
    if (index >= 0) weights[index]! += share;
  }
  const others = weights.filter((weight) => weight === 0).length;
  return others === 0 ? weights : weights.map((weight) => (weight === 0 ? middle : weight * others));
}

/** The documented defaults, spelled out again. */
function intentWeight(intent: string | null): number {
  if (intent === null) return 1;
  if (/support|complain|cancel|refund|issue|problem|help/i.test(intent)) return 0.5;
  if (/purchas|buy|order|upgrade|pricing|quote|demo|subscri|renew/i.test(intent)) return 1.5;
  return 1;
}

function largestRemainder<Row>(
  parts: { row: Row; whole: bigint; rest: number }[],
  total: bigint,
  order: (a: Row, b: Row) => number,
): Map<Row, bigint> {
  const left = Number(total - parts.reduce((sum, part) => sum + part.whole, 0n));
  const ranked = [...parts].sort((a, b) => b.rest - a.rest || order(a.row, b.row));
  return new Map(ranked.map((part, rank) => [part.row, part.whole + (rank < left ? 1n : 0n)]));
}
