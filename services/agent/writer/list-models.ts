import { sql } from 'kysely';
import type { ModelProviderName, ModelPurpose } from '../../../domain/agent/model.port.ts';
import { MODEL_PURPOSES } from '../../../domain/agent/model.port.ts';
import { type ModelEntry, type ModelPrice, priceOn } from '../../../domain/agent/model-catalogue.rules.ts';
import { judged, routeFor } from '../../../domain/agent/model-routing.rules.ts';
import { verb } from '../../core/context.ts';
import { monthOf, readBudget } from '../gateway/budget.ts';
import { readRouting } from '../routing/index.ts';

export interface ModelLine {
  readonly id: string;
  readonly label: string;
  readonly provider: ModelProviderName;
  readonly model: string;
  readonly quality: number;
  /** Dollars per million tokens; null: not known. */
  readonly inputUsdPerMillion: number | null;
  readonly outputUsdPerMillion: number | null;
  readonly cachedUsdPerMillion: number | null;
  /** Since when, read where and on which day; null: not known, and counted at a rate dearer than any. */
  readonly price: { readonly effectiveFrom: string; readonly source: string; readonly checkedOn: string } | null;
  /** Of this month. */
  readonly calls: number;
  readonly failed: number;
  readonly costUsd: number;
  /** Calls whose price is not known; they count against the budget at the dearest rate. */
  readonly unpriced: number;
}

export interface ModelOverview {
  readonly models: readonly ModelLine[];
  readonly routes: readonly { readonly purpose: ModelPurpose; readonly models: readonly string[] }[];
  readonly budget: {
    readonly month: string;
    readonly limitUsd: number;
    readonly spentUsd: number;
    readonly reservedUsd: number;
  };
}

const usd = (micros: number): number => micros / 1_000_000;

const pick = ({ effectiveFrom, source, checkedOn }: ModelPrice) => ({ effectiveFrom, source, checkedOn });

export const listModels = verb(
  { permission: 'ai.view' },
  async (ctx, { entries }: { entries: readonly ModelEntry[] }): Promise<ModelOverview> => {
    const day = ctx.now.toISOString().slice(0, 10);
    const { rows } = await sql<{ model: string; calls: number; failed: number; cost: number; unpriced: number }>`
      select model, count(*)::integer as calls, count(*) filter (where status = 'failed')::integer as failed,
             coalesce(sum(cost_micros), 0)::bigint as cost, count(*) filter (where price_id is null)::integer as unpriced
      from ai_calls where organization_id = ${ctx.organizationId} and month = ${monthOf(ctx.now)}::date
      group by model`.execute(ctx.tx);
    const used = new Map(rows.map((row) => [row.model, row]));
    const budget = await readBudget(ctx);
    const routing = await readRouting(ctx);
    return {
      models: judged(entries, routing).map((entry) => {
        const price = priceOn(entry.wireName, day, routing.prices);
        const use = used.get(entry.wireName);
        return {
          id: entry.id,
          label: entry.label,
          provider: entry.provider,
          model: entry.wireName,
          quality: entry.quality,
          inputUsdPerMillion: price && price.inputNanos / 1_000,
          outputUsdPerMillion: price && price.outputNanos / 1_000,
          cachedUsdPerMillion: price && price.cachedNanos / 1_000,
          price: price && pick(price),
          calls: use?.calls ?? 0,
          failed: use?.failed ?? 0,
          costUsd: usd(use?.cost ?? 0),
          unpriced: use?.unpriced ?? 0,
        };
      }),
      routes: MODEL_PURPOSES.map((purpose) => ({
        purpose,
        models: routeFor(purpose, entries, day, routing).map(({ id }) => id),
      })),
      budget: {
        month: budget.month.slice(0, 7),
        limitUsd: usd(budget.limitMicros),
        spentUsd: usd(budget.spentMicros),
        reservedUsd: usd(budget.reservedMicros),
      },
    };
  },
);
