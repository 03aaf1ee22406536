import { type RawBuilder, sql } from 'kysely';
import { currencyExponent, isCurrency, UNUSUAL_CURRENCIES } from '../../../domain/data/money.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** What every analytic question may say; all of it has a default. */
export interface Asked {
  /** Calendar days in `timezone`, both inclusive; the last 30 days unless given. */
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  /** The organization's unless given. */
  readonly timezone?: string | undefined;
  readonly runId?: string | undefined;
  readonly modelCode?: string | undefined;
  /** Amounts are converted into it where rates are known; the organization's unless given. */
  readonly currency?: string | undefined;
  /** The period of the same length right before, too. */
  readonly compare?: 'previous' | undefined;
}

/** What the question came to mean. Days are calendar days of `time_zone`. */
export interface Head {
  readonly time_zone: string;
  readonly week_start: number;
  readonly currency: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly previous_from: string;
  readonly previous_to: string;
  readonly today: string;
  /** Null when no run answers the question; what was asked for by id is named even when it is not published. */
  readonly run_id: string | null;
  readonly run_name: string | null;
  readonly run_models: string[] | null;
  readonly generation: number | null;
  readonly model_code: string;
  readonly as_of: string | null;
  readonly as_of_day: string | null;
  readonly run_start: string | null;
  readonly run_end: string | null;
  readonly summarized: boolean | null;
}

export interface Rate {
  readonly currency: string;
  readonly rate: number;
  readonly effective_on: string;
  /** The stored rate is the one of the other direction. */
  readonly inverse: boolean;
  readonly from_day: string;
  readonly to_day: string | null;
}

const DEFAULT_DAYS = 30;

/** `head`, `periods`, `rates`: the beginning of every analytic statement. */
export function headCtes(ctx: Ctx, asked: Asked): RawBuilder<unknown> {
  return sql`
    head as materialized (${head(ctx, asked)}),
    periods as (
      select 0 as which, from_day, to_day, from_day::timestamp at time zone time_zone as from_at,
             (to_day + 1)::timestamp at time zone time_zone as to_at
      from head
      ${
        asked.compare
          ? sql`union all
            select 1, previous_from, previous_to, previous_from::timestamp at time zone time_zone,
                   from_day::timestamp at time zone time_zone
            from head`
          : sql``
      }
    ),
    rates as (${rates(ctx)})`;
}

function head(ctx: Ctx, asked: Asked): RawBuilder<unknown> {
  const { startDate = null, endDate = null, timezone = null, runId = null, modelCode = null, currency = null } = asked;
  return sql`
    select days.*, (days.from_day - (days.to_day - days.from_day + 1)) as previous_from,
           days.from_day - 1 as previous_to,
           run.id as run_id, run.name as run_name, run.models as run_models, run.published_generation as generation,
           coalesce(${modelCode}::text, case when ${runId}::uuid is not null then run.model_code end,
                    days.default_model) as model_code,
           run.as_of, (run.as_of at time zone days.time_zone)::date as as_of_day, run.snapshot,
           array(select jsonb_array_elements_text(run.config -> 'touchEventTypes')) as touch_types,
           (run.config ->> 'startDate')::date as run_start, (run.config ->> 'endDate')::date as run_end,
           exists (
             select from attribution_summary_marks mark
             where mark.organization_id = ${ctx.organizationId} and mark.run_id = run.id
               and mark.generation = run.published_generation
               and mark.model_code = coalesce(${modelCode}::text,
                 case when ${runId}::uuid is not null then run.model_code end, days.default_model)) as summarized
    from (
      select zone.*, coalesce(${startDate}::date, last_day - ${DEFAULT_DAYS - 1}::integer) as from_day,
             greatest(last_day, ${startDate}::date) as to_day
      from (
        select o.default_attribution_model as default_model, o.week_start, coalesce(${currency}, o.currency) as currency,
               coalesce(${timezone}, o.time_zone) as time_zone,
               (${ctx.now}::timestamptz at time zone coalesce(${timezone}, o.time_zone))::date as today,
               coalesce(${endDate}::date,
                 (${ctx.now}::timestamptz at time zone coalesce(${timezone}, o.time_zone))::date) as last_day
        from organizations o where o.id = ${ctx.organizationId}
      ) zone
    ) days
    left join lateral (
      select r.* from attribution_runs r
      where r.organization_id = ${ctx.organizationId}
        and case when ${runId}::uuid is not null then r.id = ${runId}
                 else r.published_generation is not null and r.comparison_id is null
                   and coalesce(${modelCode}::text, days.default_model) = any(r.models) end
      order by coalesce((r.config ->> 'startDate')::date <= days.from_day, true)
                 and coalesce((r.config ->> 'endDate')::date >= days.to_day, true) desc,
               r.as_of desc, r.id desc
      limit 1
    ) run on true`;
}

/** Days from which each stored rate into the answer's currency counts; it ends where the next one begins. */
function rates(ctx: Ctx): RawBuilder<unknown> {
  const exponents = JSON.stringify(
    Object.fromEntries(
      UNUSUAL_CURRENCIES.map((currency) => [currency, isCurrency(currency) ? currencyExponent(currency) : 2]),
    ),
  );
  const places = (currency: RawBuilder<unknown>) => sql`coalesce((${exponents}::jsonb ->> ${currency})::integer, 2)`;
  return sql`
    select dated.currency, dated.rate, dated.effective_on, dated.inverse, dated.effective_on as from_day, dated.to_day,
           dated.rate * power(10::numeric, ${places(sql`h.currency`)} - ${places(sql`dated.currency`)}) as factor
    from head h
    cross join lateral (
      select known.*, lead(effective_on) over (partition by known.currency order by effective_on) as to_day
      from (
        select distinct on (currency, effective_on) * from (
          select x.from_currency as currency, x.effective_on, x.rate, false as inverse from exchange_rates x
          where x.organization_id = ${ctx.organizationId} and x.to_currency = h.currency
          union all
          select x.to_currency, x.effective_on, 1 / x.rate, true from exchange_rates x
          where x.organization_id = ${ctx.organizationId} and x.from_currency = h.currency
        ) both_ways
        order by currency, effective_on, inverse
      ) known
    ) dated
    where dated.effective_on <= h.to_day + 1
      and (dated.to_day is null or dated.to_day > least(h.from_day, h.previous_from) - 1)`;
}
