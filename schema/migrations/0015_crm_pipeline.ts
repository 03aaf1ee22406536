import { type AnyDb, APP_ROLE, run } from '../table.ts';

/**
 * `analyze_pipeline_health`: what speaks against a deal, by name and with its evidence. Runs with the caller's rights, so
 * that row-level security holds. `app.now` lets a unit of work look at the pipeline at its own time.
 */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `create function analyze_pipeline_health(p_team_id uuid, p_deal_id uuid default null)
     returns table (deal_id uuid, deal_name text, stage text, risk_score integer, risk_level text, risk_factors jsonb,
                    recommendations jsonb)
     language sql stable security invoker set search_path = pg_catalog, public
     as $$
     with clock as (
       select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) as at
     ),
     -- How long deals of this organization stayed in a stage that they left; too few say nothing.
     stays as (
       select h.stage, percentile_cont(0.75) within group (order by h.days) as usual_days
       from (select stage, deal_id,
                    extract(epoch from lead(changed_at) over w - changed_at) / 86400 as days,
                    lead(stage) over w as next_stage
             from public.deal_stage_history
             where organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
             window w as (partition by deal_id order by changed_at, id)) h
       where h.next_stage is not null and h.next_stage <> h.stage and h.days > 0
       group by h.stage having count(*) >= 10
     ),
     facts as (
       select d.*, clock.at,
              extract(epoch from clock.at - d.stage_changed_at) / 86400 as days_in_stage,
              coalesce(stays.usual_days,
                case d.stage when 'discovery' then 14 when 'qualification' then 21 when 'proposal' then 30 else 30 end
              ) as usual_days,
              stays.usual_days is not null as usual_is_own,
              (clock.at at time zone o.time_zone)::date as today,
              extract(epoch from clock.at - greatest(begun.at, coalesce(
                (select max(a.occurred_at) from public.activities a
                 where a.organization_id = d.organization_id and a.deal_id = d.id and a.deleted_at is null
                   and a.occurred_at <= clock.at and a.type not in ('deal_stage_changed', 'record_changed')),
                begun.at))) / 86400 as days_silent,
              (select count(*) from public.deal_contacts c
               where c.organization_id = d.organization_id and c.deal_id = d.id) as contacts,
              exists (select from public.deal_contacts c
                      where c.organization_id = d.organization_id and c.deal_id = d.id and c.role = 'decision_maker')
                as has_decision_maker,
              (select count(*) from (
                 select close_date, lag(close_date) over (order by changed_at, id) as before
                 from public.deal_stage_history h
                 where h.organization_id = d.organization_id and h.deal_id = d.id) moved
               where moved.close_date > moved.before) as postponed,
              (select max(h.amount) from public.deal_stage_history h
               where h.organization_id = d.organization_id and h.deal_id = d.id and h.currency = d.currency) as top_amount
       from public.deals d
       cross join clock
       join public.organizations o on o.id = d.organization_id
       left join stays on stays.stage = d.stage
       cross join lateral (
         select min(h.changed_at) as at from public.deal_stage_history h
         where h.organization_id = d.organization_id and h.deal_id = d.id) begun
       where d.organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
         and d.deleted_at is null
         and (p_team_id is null or d.team_id = p_team_id)
         and (p_deal_id is null or d.id = p_deal_id)
         and d.stage not in ('closed_won', 'closed_lost')
     ),
     risks as (
       select f.id, f.name, f.stage, r.factor, r.points, r.evidence, r.advice
       from facts f cross join lateral (values
         ('close_date_passed', case when f.close_date < f.today then 25 end,
            jsonb_build_object('closeDate', f.close_date, 'daysPast', f.today - f.close_date),
            'Agree on a new close date with the customer, or close the deal.'),
         ('no_close_date', case when f.close_date is null then 10 end, '{}'::jsonb,
            'Set a close date: without one the deal is in no forecast.'),
         ('postponed', case when f.postponed >= 2 then least(20, 5 + 5 * f.postponed)::integer end,
            jsonb_build_object('times', f.postponed), 'Find out what holds the decision up.'),
         ('stalled', case when f.days_in_stage > 2 * f.usual_days then 25 when f.days_in_stage > f.usual_days then 15 end,
            jsonb_build_object('daysInStage', round(f.days_in_stage::numeric, 1),
              'usualDays', round(f.usual_days::numeric, 1),
              'usual', case when f.usual_is_own then 'three of four own deals leave earlier' else 'default' end),
            'Plan the next step with a date, or move the deal back.'),
         ('silent', case when f.days_silent > 30 then 25 when f.days_silent > 14 then 15 end,
            jsonb_build_object('days', round(f.days_silent::numeric, 1)), 'Contact the customer.'),
         ('no_contacts', case when f.contacts = 0 then 15 end, '{}'::jsonb, 'Link the people who decide.'),
         ('single_threaded', case when f.contacts = 1 then 10 end, jsonb_build_object('contacts', f.contacts),
            'Win a second person at the customer.'),
         ('no_decision_maker', case when f.contacts > 0 and not f.has_decision_maker then 10 end, '{}'::jsonb,
            'Find out who decides and link them as decision_maker.'),
         ('shrunk', case when f.amount < f.top_amount * 0.8 then 10 end,
            jsonb_build_object('from', f.top_amount, 'to', f.amount, 'currency', f.currency),
            'Check whether the smaller scope still solves the problem.')
       ) as r(factor, points, evidence, advice)
     )
     select id, name, max(stage),
            least(100, coalesce(sum(points), 0))::integer,
            case when coalesce(sum(points), 0) >= 60 then 'high' when coalesce(sum(points), 0) >= 30 then 'medium'
                 else 'low' end,
            coalesce(jsonb_agg(jsonb_build_object('factor', factor, 'points', points, 'evidence', evidence)
              order by points desc, factor) filter (where points is not null), '[]'),
            coalesce(jsonb_agg(advice order by points desc, factor) filter (where points is not null), '[]')
     from risks group by id, name
     $$`,
  );
  await run(db, 'revoke all on function analyze_pipeline_health(uuid, uuid) from public');
  await run(db, `grant execute on function analyze_pipeline_health(uuid, uuid) to ${APP_ROLE}`);
  await run(db, 'alter table deals add column risk_told_at timestamptz');
  await run(db, 'create index on deals (organization_id, closed_at) where closed_at is not null');
}
