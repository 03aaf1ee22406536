import type { WorkSource } from '../../domain/data/touch-source.rules.ts';
import { ingestConversion, ingestInteraction, ingestSpend } from '../../services/data/index.ts';
import {
  computePartition,
  createRun,
  executeRun,
  modelsToSummarize,
  planRun,
  publishRun,
  summarizeModel,
} from '../../services/insight/index.ts';
import { createTeam } from '../../services/platform/teams/index.ts';
import type { TestDatabase, TestTenant } from '../database.ts';

/** A small generator: the same seed gives the same facts. */
export function random(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (count: number): number => Math.floor(next() * count),
    pick: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!,
    chance: (part: number): boolean => next() < part,
  };
}

export interface ArrangeOptions {
  readonly seed: number;
  readonly people: number;
  readonly currencies: readonly string[];
  /** Facts lie in the days from here on. */
  readonly from: Date;
  readonly days: number;
  /** Touches that models were paid for, mostly with less than a cent each. */
  readonly modelCosts?: boolean;
}

const WORK_IDS = [1, 2].map((n) => `0198c0de-0000-7000-8000-00000000000${n}`);

const workOf = (pick: ReturnType<typeof random>['pick']): WorkSource => ({
  cadenceId: pick(WORK_IDS),
  stepId: pick(WORK_IDS),
  templateId: pick(WORK_IDS),
  senderId: pick(WORK_IDS),
  ...pick<WorkSource>([{ variant: 'A' }, { variant: 'B' }, {}]),
  ...pick<WorkSource>([{ bulkJobId: WORK_IDS[0]! }, { bdrAgentId: WORK_IDS[1]!, promptVersion: 'bdr.first@3' }, {}]),
});

const UNITS: Readonly<Record<string, number>> = { JPY: 0, BHD: 3 };

/** Touches, conversions, refunds, voided facts, merged people and spend, at random, through the product's own verbs. */
export async function arrangeFacts(database: TestDatabase, tenant: TestTenant, options: ArrangeOptions): Promise<void> {
  const { seed, people, currencies, from, days } = options;
  const { below, pick, chance } = random(seed);
  const work = random(seed + 1_000);
  const amount = (currency: string) => {
    const places = UNITS[currency] ?? 2;
    return `${below(900)}${places > 0 ? `.${String(below(10 ** places)).padStart(places, '0')}` : ''}`;
  };
  const moment = () => new Date(from.getTime() + below(days * 86_400) * 1_000);
  const teams: string[] = [];
  for (const name of ['Red', 'Blue']) teams.push((await tenant.run((ctx) => createTeam(ctx, { name }))).id);
  const touches: Parameters<typeof ingestInteraction>[1][] = [];
  const sales: Parameters<typeof ingestConversion>[1][] = [];
  for (let person = 0; person < people; person++) {
    const identifiers = [
      { type: 'email', value: `p${seed}-${person}@example.com` },
      { type: 'phone', value: `+1415555${String(1000 + person)}` },
    ];
    for (let touch = below(6); touch > 0; touch--) {
      const startedAt = moment();
      const campaign = chance(0.5) ? pick(['spring', 'autumn', '=cmd']) : undefined;
      const cost = pick(currencies);
      touches.push({
        externalInteractionId: `t${person}-${touch}`,
        channel: pick(['call', 'email', 'chat', 'voice']),
        startedAt,
        ...(chance(0.7) ? { endedAt: new Date(startedAt.getTime() + below(3_000) * 1_000) } : {}),
        // Some touches know the phone alone and some the e-mail alone: they meet in the touch that knows both.
        customerIdentifiers: pick([identifiers, identifiers.slice(0, 1), identifiers.slice(1)]),
        ...(chance(0.5) ? { vendorCode: pick(['acme', 'convin']) } : {}),
        ...(chance(0.6) ? { primaryIntent: pick(['purchase_inquiry', 'support', 'pricing']) } : {}),
        ...(chance(0.5) ? { purchaseProbability: below(100) / 100 } : {}),
        ...(campaign ? { campaign, contentId: pick(['a', 'b']), utm: { source: pick(['google', 'news']) } } : {}),
        ...(chance(0.3) ? { cost: amount(cost), costCurrency: cost } : {}),
        ...(work.chance(0.5) ? { outreach: workOf(work.pick) } : {}),
        participants: pick([
          [],
          [{ role: 'agent' as const, externalId: 'ana', teamId: teams[0]! }],
          [
            { role: 'agent' as const, externalId: 'ana', teamId: teams[0]!, share: 0.3 },
            { role: 'agent' as const, externalId: 'bo', teamId: teams[0]!, share: 0.7 },
          ],
          [
            { role: 'agent' as const, externalId: 'bo', teamId: teams[0]! },
            { role: 'agent' as const, externalId: 'cy', teamId: teams[1]! },
          ],
          [{ role: 'team' as const, id: teams[1]! }],
        ]),
      });
    }
    for (let sale = below(3); sale > 0; sale--) {
      const currency = pick(currencies);
      sales.push({
        externalEventId: `s${person}-${sale}`,
        eventType: 'purchase',
        customerIdentifiers: identifiers,
        amountDecimal: amount(currency),
        currency,
        occurredAt: moment(),
        eventSource: 'shop',
      });
    }
  }
  await tenant.run((ctx) => ingestInteraction.group(ctx, touches));
  await tenant.run((ctx) => ingestConversion.group(ctx, sales));
  const refunds = sales
    .filter(({ amountDecimal }) => Number(amountDecimal) > 1 && chance(0.2))
    .map((sale) => ({
      ...sale,
      externalEventId: `r-${sale.externalEventId}`,
      amountDecimal: '-1',
      refundOf: sale.externalEventId,
      occurredAt: new Date(sale.occurredAt.getTime() + 3 * 86_400_000),
    }));
  if (refunds.length > 0) await tenant.run((ctx) => ingestConversion.group(ctx, refunds));
  const spend = Array.from({ length: 40 }, (_, index) => {
    const currency = pick(currencies);
    return {
      externalId: `spend-${index}`,
      date: moment().toISOString().slice(0, 10),
      channel: pick(['call', 'email', 'display']),
      ...(chance(0.4) ? { vendorCode: pick(['acme', 'convin']) } : {}),
      ...(chance(0.4) ? { campaign: pick(['spring', 'autumn']) } : {}),
      amountDecimal: amount(currency),
      currency,
    };
  });
  await tenant.run((ctx) => ingestSpend.group(ctx, spend));
  const { owner } = database;
  const organization = tenant.organizationId;
  await owner`update interactions set voided_at = now() where organization_id = ${organization} and id in (
    select id from interactions where organization_id = ${organization} order by md5(external_id) limit 3)`;
  if (options.modelCosts) {
    await owner`insert into touch_model_costs (organization_id, interaction_id, micros)
    select organization_id, id, 1 + abs(hashtext(external_id)) % 20000 from interactions
    where organization_id = ${organization} and abs(hashtext(external_id)) % 3 = 0`;
  }
  await owner`update spend set voided_at = now() where organization_id = ${organization} and external_id = 'spend-7'`;
  await owner`update vendors set cost_per_interaction_minor = 35, cost_per_minute_minor = 7, cost_currency = ${currencies[0]!}
    where organization_id = ${organization} and code = 'acme'`;
}

/** Executes a run to its publication; its summaries are made apart. */
export async function publish(
  tenant: TestTenant,
  models: readonly ('LINEAR' | 'TIME_DECAY' | 'LAST_TOUCH')[] = ['TIME_DECAY', 'LINEAR'],
  config: Partial<Parameters<typeof createRun>[1]['config']> = {},
): Promise<{ runId: string; generation: number }> {
  const run = await tenant.run((ctx) =>
    createRun(ctx, {
      modelCode: models[0]!,
      name: 'test',
      config: { timeWindowHours: 24 * 20, ...config, models: [...models] },
    }),
  );
  return republish(tenant, run.id);
}

export async function republish(tenant: TestTenant, runId: string): Promise<{ runId: string; generation: number }> {
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation };
  const partitions = (await tenant.run((ctx) => planRun(ctx, step))) ?? 0;
  for (let ordinal = 0; ordinal < partitions; ordinal++) {
    await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await tenant.run((ctx) => publishRun(ctx, step));
  return step;
}

export async function summarize(tenant: TestTenant, step: { runId: string; generation: number }): Promise<number> {
  const models = await tenant.run((ctx) => modelsToSummarize(ctx, step));
  for (const modelCode of models) await tenant.run((ctx) => summarizeModel(ctx, { ...step, modelCode }));
  return models.length;
}
