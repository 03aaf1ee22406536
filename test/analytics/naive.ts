import { currencyExponent } from '../../domain/data/money.rules.ts';
import type { TestDatabase } from '../database.ts';

/** A deliberately plain second way to every metric: all rows in memory, loops, no SQL beyond reading tables. */
export interface NaiveFacts {
  credits: NaiveCredit[];
  touches: NaiveTouch[];
  sales: { person: string; occurredAt: Date; amount: number }[];
  spend: {
    day: string;
    channel: string;
    vendor: string | null;
    campaign: string | null;
    amount: number;
    currency: string;
  }[];
  rates: { from: string; to: string; day: string; rate: number }[];
}

const WORK = {
  cadence: 'cadenceId',
  step: 'stepId',
  template: 'templateId',
  variant: 'variant',
  sender: 'senderId',
  bulk_job: 'bulkJobId',
  bdr_agent: 'bdrAgentId',
  prompt_version: 'promptVersion',
};

type Keys = Record<string, (string | null)[]>;

interface NaiveCredit {
  keys: Keys;
  conversion: string;
  at: Date;
  amount: number;
  weight: number;
  currency: string;
  refund: boolean;
}

interface NaiveTouch {
  keys: Keys;
  person: string;
  at: Date;
  isCall: boolean;
  seconds: number | null;
  probability: number | null;
  hasIntent: boolean;
  cost: number | null;
  currency: string | null;
  /** In cents of a dollar. */
  modelCost: number;
}

export async function readNaiveFacts(
  { owner }: TestDatabase,
  organization: string,
  runId: string,
  model: string,
): Promise<NaiveFacts> {
  const links = await owner`
    select customer_id, canonical_id from identity_links where organization_id = ${organization} and ended_xid is null`;
  const personOf = new Map(links.map((link) => [link.customer_id as string, link.canonical_id as string]));
  const person = (id: string) => personOf.get(id) ?? id;
  const sources = new Map(
    (await owner`select * from touch_sources where organization_id = ${organization}`).map((row) => [row.id, row]),
  );
  const sourceKeys = (id: string | null): Keys => {
    const row = id ? sources.get(id) : undefined;
    return {
      campaign: [row?.campaign ?? null],
      content: [row?.content_id ?? null],
      source: [row?.utm?.source ?? null],
      ...Object.fromEntries(
        Object.entries(WORK).map(([dimension, key]) => [dimension, [(row?.outreach?.[key] as string) ?? null]]),
      ),
    };
  };
  const vendors = new Map(
    (await owner`select * from vendors where organization_id = ${organization}`).map((row) => [row.id, row]),
  );
  const interactions = await owner`select * from interactions where organization_id = ${organization}`;
  const interactionOf = new Map(interactions.map((row) => [row.id, row]));
  const modelCosts = new Map(
    (await owner`select * from touch_model_costs where organization_id = ${organization}`).map((row) => [
      row.interaction_id,
      row,
    ]),
  );
  const participants = await owner`select * from interaction_participants where organization_id = ${organization}`;
  const conversions = await owner`select * from conversions where organization_id = ${organization}`;
  const saleOf = new Map(conversions.map((row) => [row.id, row]));
  const results = await owner`
    select r.* from attribution_results r join attribution_runs run on run.id = r.run_id
    where r.run_id = ${runId} and r.generation = run.published_generation and r.model_code = ${model}`;
  return {
    credits: results.map((row) => ({
      keys: {
        agent: [row.agent_id],
        team: [row.team_id],
        vendor: [row.vendor_id],
        channel: [row.channel],
        intent: [interactionOf.get(row.interaction_id)!.primary_intent],
        ...sourceKeys(row.touch_source_id),
      },
      conversion: row.conversion_id,
      at: row.converted_at,
      amount: Number(row.amount_minor),
      weight: Number(row.weight) / 1e12,
      currency: row.currency,
      refund: Number(saleOf.get(row.conversion_id)!.amount_minor) < 0,
    })),
    touches: interactions
      .filter((row) => row.voided_at === null)
      .map((row) => {
        const mine = participants.filter(
          (part) => part.interaction_id === row.id && part.interaction_version === row.version,
        );
        const agents = mine.filter((part) => part.role === 'agent').map((part) => part.agent_id as string);
        const teams = [
          ...new Set(mine.filter((part) => part.role !== 'supervisor').map((part) => part.team_id as string | null)),
        ];
        const seconds = row.ended_at ? (row.ended_at.getTime() - row.started_at.getTime()) / 1000 : null;
        const price = row.vendor_id ? vendors.get(row.vendor_id)! : undefined;
        const priced = price?.cost_currency
          ? Number(price.cost_per_interaction_minor ?? 0) +
            (seconds === null ? 0 : Math.round((Number(price.cost_per_minute_minor ?? 0) * seconds) / 60))
          : null;
        return {
          keys: {
            agent: agents.length > 0 ? agents : [null],
            team: teams.length > 0 ? teams : [null],
            vendor: [row.vendor_id],
            channel: [row.channel],
            intent: [row.primary_intent],
            ...sourceKeys(row.touch_source_id),
          },
          person: person(row.customer_id),
          at: row.started_at,
          isCall: ['call', 'phone', 'voice'].includes(row.channel),
          seconds,
          probability: row.purchase_probability,
          hasIntent: row.primary_intent !== null,
          cost: row.cost_minor === null ? priced : Number(row.cost_minor),
          modelCost: Number(modelCosts.get(row.id)?.micros ?? 0) / 10_000,
          currency: row.cost_minor === null ? (price?.cost_currency ?? null) : row.cost_currency,
        };
      }),
    sales: conversions
      .filter((row) => row.voided_at === null && Number(row.amount_minor) >= 0)
      .map((row) => ({
        person: person(row.customer_id),
        occurredAt: row.occurred_at,
        amount: Number(row.amount_minor),
      })),
    spend: (
      await owner`select *, day::text as day_text from spend where organization_id = ${organization} and voided_at is null`
    ).map((row) => ({
      day: row.day_text,
      channel: row.channel,
      vendor: row.vendor_id,
      campaign: row.campaign,
      amount: Number(row.amount_minor),
      currency: row.currency,
    })),
    rates: (
      await owner`select *, effective_on::text as day_text from exchange_rates where organization_id = ${organization}`
    ).map((row) => ({ from: row.from_currency, to: row.to_currency, day: row.day_text, rate: Number(row.rate) })),
  };
}

export interface NaiveQuestion {
  from: string;
  to: string;
  timeZone: string;
  currency: string;
  dimensions: readonly string[];
  granularity: 'day' | 'week' | 'month' | null;
  filters: Readonly<Record<string, readonly string[]>>;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day by the runtime's own calendar, not by the database's. */
function localDay(at: Date, timeZone: string): string {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(timeZone, format);
  }
  return format.format(at);
}

function bucketOf(day: string, granularity: NaiveQuestion['granularity']): string | null {
  if (granularity === null) return null;
  if (granularity === 'day') return day;
  if (granularity === 'month') return `${day.slice(0, 7)}-01`;
  const date = new Date(`${day}T12:00:00Z`);
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

function converted(facts: NaiveFacts, amount: number, currency: string, to: string, day: string): number {
  if (currency === to) return amount;
  const scale = 10 ** (currencyExponent(to) - currencyExponent(currency));
  const known = facts.rates
    .filter((rate) => (rate.from === currency && rate.to === to) || (rate.from === to && rate.to === currency))
    .filter((rate) => rate.day <= day)
    .sort((a, b) =>
      a.day === b.day ? Number(b.from === currency) - Number(a.from === currency) : a.day < b.day ? 1 : -1,
    );
  const [rate] = known;
  if (!rate) return Number.NaN;
  return amount * (rate.from === currency ? rate.rate : 1 / rate.rate) * scale;
}

/** Metrics of one value; `of` answers whether a fact with these keys on this day belongs to it. */
export function naiveMetrics(
  facts: NaiveFacts,
  question: NaiveQuestion,
  place: { keys: (string | null)[]; bucket: string | null } | 'whole',
) {
  const { from, to, timeZone, dimensions, granularity, filters, currency } = question;
  const isIn = (keys: Keys, day: string): boolean =>
    day >= from &&
    day <= to &&
    Object.entries(filters).every(
      ([dimension, values]) =>
        (keys[dimension] ?? []).some((value) => value !== null && values.includes(value)) &&
        // Cut by the same dimension, the value itself has to be a wanted one.
        (place === 'whole' ||
          !dimensions.includes(dimension) ||
          values.includes(place.keys[dimensions.indexOf(dimension)] ?? '')),
    ) &&
    (place === 'whole' ||
      (dimensions.every((dimension, index) => (keys[dimension] ?? []).includes(place.keys[index]!)) &&
        (granularity === null || bucketOf(day, granularity) === place.bucket)));
  const utcDay = (at: Date) => at.toISOString().slice(0, 10);
  const credits = facts.credits.filter(({ keys, at }) => isIn(keys, localDay(at, timeZone)));
  const touches = facts.touches.filter(({ keys, at }) => isIn(keys, localDay(at, timeZone)));
  const spend = facts.spend.filter(({ day, channel, vendor, campaign }) =>
    isIn({ channel: [channel], vendor: [vendor], campaign: [campaign] }, day),
  );
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const revenue = sum(
    credits.map((credit) => converted(facts, credit.amount, credit.currency, currency, utcDay(credit.at))),
  );
  const weight = sum(credits.filter(({ refund }) => !refund).map((credit) => credit.weight));
  const touchCost = sum(
    touches.flatMap(({ cost, currency: its, at }) =>
      cost === null || its === null ? [] : converted(facts, cost, its, currency, utcDay(at)),
    ),
  );
  const modelCost = sum(
    touches.flatMap(({ modelCost: cents, at }) =>
      cents === 0 ? [] : converted(facts, cents, 'USD', currency, utcDay(at)),
    ),
  );
  const spent = sum(spend.map((row) => converted(facts, row.amount, row.currency, currency, row.day)));
  const buyers = new Set(
    facts.sales
      .filter(({ occurredAt }) => {
        const day = localDay(occurredAt, timeZone);
        return (
          day >= from &&
          day <= to &&
          (place === 'whole' || granularity === null || bucketOf(day, granularity) === place.bucket)
        );
      })
      .map(({ person }) => person),
  );
  const people = new Set(touches.map(({ person }) => person));
  const convertedPeople = [...people].filter((id) => buyers.has(id)).length;
  const timed = touches.filter(({ isCall, seconds }) => isCall && seconds !== null);
  const likely = touches.filter(({ probability }) => probability !== null);
  return {
    revenueMinor: revenue,
    touchCostMinor: touchCost,
    modelCostMinor: modelCost,
    spendMinor: spent,
    conversions: new Set(credits.filter(({ refund }) => !refund).map(({ conversion }) => conversion)).size,
    attributed_conversions: weight,
    total_interactions: touches.length,
    call_volume: touches.filter(({ isCall }) => isCall).length,
    avg_call_duration: timed.length > 0 ? sum(timed.map(({ seconds }) => seconds!)) / timed.length : null,
    avg_purchase_probability:
      likely.length > 0 ? sum(likely.map(({ probability }) => probability!)) / likely.length : null,
    intent_detection_rate:
      touches.length > 0 ? touches.filter(({ hasIntent }) => hasIntent).length / touches.length : null,
    customers_touched: people.size,
    customers_converted: convertedPeople,
    conversion_rate: people.size > 0 ? convertedPeople / people.size : null,
  };
}
