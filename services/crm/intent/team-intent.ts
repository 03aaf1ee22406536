import { sql } from 'kysely';
import type { IntentTier } from '../../../domain/crm/intent.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireRecords } from '../references.ts';

export interface TeamIntentSummary {
  totalProspects: number;
  withIntent: number;
  tiers: Record<IntentTier, number>;
  averageScore: number;
  liveSignals: number;
  signalsLast7Days: number;
  signalsByType: Record<string, number>;
  spikesLast7Days: number;
  unacknowledgedAlerts: number;
  accountsWithIntent: number;
}

/** The functions look at the time of the unit of work, not at the clock of the server. */
export const atBusinessTime = (ctx: Ctx) =>
  sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);

/** Of a team, or of the whole organization. @throws AppError validation when the team does not exist. */
export const readIntentSummary = verb(
  { permission: 'intent.view' },
  async (ctx, input: { teamId?: string | undefined }): Promise<TeamIntentSummary> => {
    await requireRecords(ctx, input);
    await atBusinessTime(ctx);
    const { rows } = await sql<Omit<TeamIntentSummary, 'tiers'> & Record<IntentTier, number>>`
      select total_prospects as "totalProspects", with_intent as "withIntent", low_count as low, warm_count as warm,
             hot_count as hot, burning_count as burning, average_score::double precision as "averageScore",
             live_signals as "liveSignals", signals_last_7_days as "signalsLast7Days",
             signals_by_type as "signalsByType", spikes_last_7_days as "spikesLast7Days",
             unacknowledged_alerts as "unacknowledgedAlerts", accounts_with_intent as "accountsWithIntent"
      from get_team_intent_summary(${input.teamId ?? null}::uuid)`.execute(ctx.tx);
    const { low, warm, hot, burning, ...summary } = rows[0]!;
    return { ...summary, tiers: { low, warm, hot, burning } };
  },
);

export interface IntentProspect {
  prospectId: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  company: string | null;
  accountId: string | null;
  ownerId: string | null;
  teamId: string | null;
  intentScore: number;
  intentTier: IntentTier;
  liveSignals: number;
  lastSignalAt: Date | null;
  /** Types of what weighs most. */
  topSignals: string[];
}

const COLUMNS = sql.raw(`
  prospect_id as "prospectId", email, first_name as "firstName", last_name as "lastName", title, company,
  account_id as "accountId", owner_id as "ownerId", team_id as "teamId",
  intent_score::double precision as "intentScore", intent_tier as "intentTier", live_signals as "liveSignals",
  last_signal_at as "lastSignalAt", top_signals as "topSignals"`);

/** The highest first. @throws AppError validation when the team does not exist. */
export const listTopIntentProspects = verb(
  { permission: 'intent.view' },
  async (ctx, input: { teamId?: string | undefined; limit: number }): Promise<IntentProspect[]> => {
    await requireRecords(ctx, { teamId: input.teamId });
    await atBusinessTime(ctx);
    const { rows } = await sql<IntentProspect>`
      select ${COLUMNS} from get_top_intent_prospects(${input.teamId ?? null}::uuid, ${input.limit}::integer)`.execute(
      ctx.tx,
    );
    return rows;
  },
);

/** Whom an agent of the team may approach next: nobody works on them, and nothing forbids to. */
export const findHighIntentProspects = verb(
  { permission: 'intent.view' },
  async (ctx, input: { teamId: string | null; minIntentScore: number; limit: number }): Promise<IntentProspect[]> => {
    await atBusinessTime(ctx);
    const { rows } = await sql<IntentProspect>`
      select ${COLUMNS} from get_high_intent_prospects(
        p_team_id := ${input.teamId}::uuid, p_min_intent_score := ${input.minIntentScore}::integer,
        p_limit := ${input.limit}::integer)`.execute(ctx.tx);
    return rows;
  },
);
