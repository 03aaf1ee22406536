import { sql } from 'kysely';
import { AppError, invalid } from '../../../domain/core/errors.ts';
import { type Ctx, requirePermission, verb } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { createThreshold, type ThresholdInput, type ThresholdView } from '../../crm/lead-scoring/index.ts';
import { readCadence } from './cadence-view.ts';
import { enroll } from './enroll.ts';

/**
 * A threshold of scores, which may enroll into a cadence: the customer record knows none, so the cadence is checked here.
 * @throws AppError validation; forbidden for whoever may not enroll by hand.
 */
export const createEnrollingThreshold = verb(
  { permission: 'leads.edit' },
  async (ctx, input: ThresholdInput): Promise<ThresholdView> => {
    const { cadenceId } = input.config;
    if (cadenceId) {
      requirePermission(ctx.principal, 'cadences.edit');
      await readCadence(ctx, cadenceId).catch((error: unknown) => {
        throw error instanceof AppError ? invalid('config.cadenceId', 'does not exist', cadenceId) : error;
      });
    }
    return createThreshold(ctx, input);
  },
);

interface Due {
  thresholdId: string;
  cadenceId: string;
  prospectIds: string[];
}

/** Enrolls those who came over a threshold and still stand above it, and writes down what came of it for each. */
export async function enrollByThreshold(
  ctx: Ctx,
  events: readonly DomainEvent<{ id: string; thresholdId: string }>[],
): Promise<void> {
  const crossings = events.map(({ data }) => ({ threshold_id: data.thresholdId, prospect_id: data.id }));
  const { rows } = await sql<Due>`
    select t.id as "thresholdId", t.config ->> 'cadenceId' as "cadenceId",
           array_agg(distinct p.id) as "prospectIds"
    from jsonb_to_recordset(${JSON.stringify(crossings)}::jsonb) as crossing(threshold_id uuid, prospect_id uuid)
    join score_threshold_crossings c on c.organization_id = ${ctx.organizationId}
      and c.threshold_id = crossing.threshold_id and c.prospect_id = crossing.prospect_id
    join score_thresholds t on t.organization_id = ${ctx.organizationId} and t.id = c.threshold_id
      and t.deleted_at is null and t.action = 'enroll' and t.config ? 'cadenceId'
    join prospects p on p.organization_id = ${ctx.organizationId} and p.id = c.prospect_id and p.deleted_at is null
    group by t.organization_id, t.id
    order by t.id`.execute(ctx.tx);
  for (const due of rows) await noteOutcomes(ctx, due, await outcomesOf(ctx, due));
}

/** Prospect → what came of it; a cadence that takes nobody any more says so for all of them. */
async function outcomesOf(ctx: Ctx, { cadenceId, prospectIds }: Due): Promise<Map<string, string>> {
  try {
    const { refused } = await enroll(ctx, { id: cadenceId, prospectIds });
    const rules = new Map(refused.map(({ prospectId, rule }) => [prospectId, rule]));
    return new Map(prospectIds.map((id) => [id, rules.get(id) ?? 'enrolled']));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const outcome = error.code === 'CADENCE_INACTIVE' ? 'cadence_inactive' : 'cadence_gone';
    return new Map(prospectIds.map((id) => [id, outcome]));
  }
}

async function noteOutcomes(ctx: Ctx, { thresholdId }: Due, outcomes: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    update score_threshold_crossings c set outcome = came.outcome
    from unnest(${sql.val([...outcomes.keys()])}::uuid[], ${sql.val([...outcomes.values()])}::text[]) came(id, outcome)
    where c.organization_id = ${ctx.organizationId} and c.threshold_id = ${thresholdId} and c.prospect_id = came.id`.execute(
    ctx.tx,
  );
}
