import { sql } from 'kysely';
import { AppError, conflict, invalid } from '../../../domain/core/errors.ts';
import { isCurrency, toMinorUnits } from '../../../domain/data/money.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { type GroupOutcome, groupVerb } from '../../core/group.ts';

export interface ClaimInput {
  channel: string;
  /** Who claims it; default: the channel. */
  platform?: string | undefined;
  /** Calendar days in the organization's time zone, both inclusive. */
  startDate: string;
  endDate: string;
  /** Decimal text: platforms that model conversions claim fractions. */
  conversions: string;
  /** Decimal text in the currency's own scale; both or neither. */
  revenue?: string | undefined;
  currency?: string | undefined;
}

export interface LoadedClaim {
  id: string;
  channel: string;
  platform: string;
  startDate: string;
  endDate: string;
  status: 'created' | 'updated' | 'unchanged';
}

interface CheckedClaim {
  channel: string;
  platform: string;
  startDate: string;
  endDate: string;
  start_date: string;
  end_date: string;
  conversions: string;
  amount_minor: number | null;
  currency: string | null;
}

const identityOf = (claim: Pick<CheckedClaim, 'channel' | 'platform' | 'startDate' | 'endDate'>): string =>
  JSON.stringify([claim.channel, claim.platform, claim.startDate, claim.endDate]);

/**
 * Stores what platforms claim. The same channel, platform and period is one claim: sent again it is replaced, and left
 * as it is when it says the same. Refusals: validation; conflict `OVERLAPPING_CLAIM`.
 */
export const loadClaims = groupVerb(
  { permission: 'data.ingest' },
  async (ctx, inputs: readonly ClaimInput[]): Promise<GroupOutcome<LoadedClaim>[]> => {
    // Two loads that overlap each other would both find nothing in their way.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`claims:${ctx.organizationId}`}, 0))`.execute(ctx.tx);
    const checked = withoutRepetitions(inputs.map(check));
    const clashes = await findOverlaps(ctx, checked);
    const outcomes = checked.map((claim, index) => clashes.get(index) ?? claim);
    const stored = await store(ctx, outcomes.filter((claim) => !(claim instanceof AppError)) as CheckedClaim[]);
    return outcomes.map((claim) =>
      claim instanceof AppError ? { ok: false, error: claim } : { ok: true, value: stored.get(identityOf(claim))! },
    );
  },
);

async function store(ctx: Ctx, claims: readonly CheckedClaim[]): Promise<Map<string, LoadedClaim>> {
  if (claims.length === 0) return new Map();
  const { rows } = await sql<LoadedClaim & { key: string }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as g(
        channel text, platform text, start_date date, end_date date, conversions numeric, amount_minor bigint, currency text)
    ), stored as (
      insert into platform_claims as p
        (organization_id, channel, platform, start_date, end_date, conversions, amount_minor, currency)
      select ${ctx.organizationId}, channel, platform, start_date, end_date, conversions, amount_minor, currency from given
      on conflict (organization_id, channel, platform, start_date, end_date) do update
        set conversions = excluded.conversions, amount_minor = excluded.amount_minor, currency = excluded.currency
        where (p.conversions, p.amount_minor, p.currency)
          is distinct from (excluded.conversions, excluded.amount_minor, excluded.currency)
      returning p.id, p.channel, p.platform, p.start_date, p.end_date
    )
    select coalesce(stored.id, before.id) as id, given.channel, given.platform,
           given.start_date::text as "startDate", given.end_date::text as "endDate",
           case when stored.id is null then 'unchanged' when before.id is null then 'created' else 'updated' end as status
    from given
    left join stored using (channel, platform, start_date, end_date)
    left join platform_claims before on before.organization_id = ${ctx.organizationId}
      and before.channel = given.channel and before.platform = given.platform
      and before.start_date = given.start_date and before.end_date = given.end_date`.execute(ctx.tx);
  const changed = rows.filter((row) => row.status !== 'unchanged').length;
  if (changed > 0) {
    await audit(ctx, 'platform_claims.load', {
      entityType: 'platform_claim',
      entityId: null,
      after: { stored: changed },
    });
  }
  return new Map(rows.map((row) => [identityOf(row), row]));
}

function check(claim: ClaimInput): CheckedClaim | AppError {
  const { startDate, endDate, revenue, currency, conversions } = claim;
  if (endDate < startDate) return invalid('endDate', 'lies before start_date', endDate);
  if ((revenue === undefined) !== (currency === undefined)) {
    return invalid(revenue === undefined ? 'revenue' : 'currency', 'is missing: revenue and currency go together');
  }
  if (conversions.startsWith('-')) return invalid('conversions', 'must not be negative', conversions);
  const amount = revenue === undefined ? null : minorOf(revenue, currency!);
  if (amount instanceof AppError) return amount;
  return {
    channel: claim.channel,
    platform: claim.platform ?? claim.channel,
    startDate,
    endDate,
    start_date: startDate,
    end_date: endDate,
    conversions,
    amount_minor: amount,
    currency: currency ?? null,
  };
}

function minorOf(revenue: string, currency: string): number | AppError {
  if (!isCurrency(currency)) return invalid('currency', 'is not a known ISO 4217 code', currency);
  const amount = toMinorUnits(revenue, currency);
  if (!amount.ok) return invalid('revenue', amount.reason, revenue);
  return amount.minor < 0 ? invalid('revenue', 'must not be negative', revenue) : amount.minor;
}

/** Of several rows for one period of one platform nobody can say which one is meant. */
function withoutRepetitions(claims: readonly (CheckedClaim | AppError)[]): (CheckedClaim | AppError)[] {
  const seen = new Set<string>();
  return claims.map((claim) => {
    if (claim instanceof AppError) return claim;
    const id = identityOf(claim);
    if (seen.has(id))
      return invalid('startDate', 'names a period that an earlier row of this request names', claim.startDate);
    seen.add(id);
    return claim;
  });
}

/** A day that two claims of one platform hold would be counted twice. By index of the claim that is in the way. */
async function findOverlaps(ctx: Ctx, claims: readonly (CheckedClaim | AppError)[]): Promise<Map<number, AppError>> {
  const given = claims.flatMap((claim, index) => (claim instanceof AppError ? [] : [{ index, ...claim }]));
  const { rows } = await sql<{ index: number; startDate: string; endDate: string }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(
        index integer, channel text, platform text, start_date date, end_date date)
    ), known as (
      select -1 as index, channel, platform, start_date, end_date
      from platform_claims where organization_id = ${ctx.organizationId}
      union all
      select index, channel, platform, start_date, end_date from given
    )
    select distinct on (given.index) given.index, known.start_date::text as "startDate", known.end_date::text as "endDate"
    from given join known on known.index < given.index and known.channel = given.channel
      and known.platform = given.platform and (known.start_date, known.end_date) <> (given.start_date, given.end_date)
      and known.start_date <= given.end_date and known.end_date >= given.start_date
    order by given.index, known.start_date`.execute(ctx.tx);
  return new Map(rows.map((clash) => [clash.index, overlap(claims[clash.index] as CheckedClaim, clash)]));
}

const overlap = (claim: CheckedClaim, clash: { startDate: string; endDate: string }): AppError =>
  conflict(
    'OVERLAPPING_CLAIM',
    `${claim.platform} claims days of ${claim.startDate} to ${claim.endDate} on ${claim.channel} in another period too.`,
    {
      hint: 'Send the claims of one platform in periods that do not overlap; the same period again replaces the claim.',
      issues: [{ field: 'startDate', message: 'overlaps another claim', value: claim.startDate }],
      details: { startDate: clash.startDate, endDate: clash.endDate },
    },
  );
