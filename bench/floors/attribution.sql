-- TIME_DECAY over 72 h (half-life 36 h) for one organization, in one statement by the owner, autocommitted.
-- The least work that yields the same rows: one index probe per sale and record of its person, in the order of the
-- customers (a hash join that reads both tables once was tried and took 8 % longer), one hash join of the agents, the
-- windows that both largest-remainder splits need, and ids made the cheapest way. No history, no snapshot, no policy,
-- no partitions, no progress.
insert into bench_floor (
  organization_id, run_id, generation, conversion_id, interaction_id, agent_id, team_id, vendor_id, touch_source_id,
  customer_id, weight_time_decay, amount_time_decay, touched_at, converted_at, channel, currency, primary_models, id)
with record as (
  select c.id as conversion_id, c.amount_minor, c.currency, c.occurred_at,
         coalesce(l.canonical_id, c.customer_id) as customer_id
  from conversions c left join identity_links l on l.customer_id = c.customer_id
  union all
  select c.id, c.amount_minor, c.currency, c.occurred_at, m.customer_id
  from conversions c left join identity_links l on l.customer_id = c.customer_id
  join identity_links m on m.canonical_id = coalesce(l.canonical_id, c.customer_id)
), touch as (
  select r.conversion_id, r.amount_minor, r.currency, r.occurred_at, i.id as interaction_id,
         i.version, i.customer_id, i.channel, i.vendor_id, i.touch_source_id, i.started_at, i.external_id
  from (select * from record order by customer_id) r
  cross join lateral (
    select * from interactions i where i.organization_id = ':organization' and i.customer_id = r.customer_id
      and i.started_at between r.occurred_at - interval '72 hours' and r.occurred_at offset 0
  ) i
  offset 0 -- or the planner would look up the agents of all touches first
), placed as (
  select touch.*, taken_by.agents, taken_by.shares,
         row_number() over journey as position, count(*) over journey as touches,
         floor(power(2::double precision, extract(epoch from started_at - max(started_at) over journey)::double precision
           / 129600) * 1e12) as decay
  from touch
  left join (
    select interaction_id, interaction_version, array_agg(agent_id) as agents, array_agg(coalesce(share, 1)) as shares
    from interaction_participants where role = 'agent'
    group by interaction_id, interaction_version
  ) taken_by on taken_by.interaction_id = touch.interaction_id and taken_by.interaction_version = touch.version
  window journey as (partition by conversion_id order by started_at, external_id, touch.interaction_id
                     rows between unbounded preceding and unbounded following)
), share as (
  select scored.*, agent.agent_id, position = touches as is_primary,
         decay / total * coalesce(agent.fraction, 1) * 1e12::double precision as exact
  from (select *, sum(decay) over (partition by conversion_id) as total from placed) scored
  left join lateral (
    select a.agent_id, a.share / sum(a.share) over () as fraction
    from unnest(scored.agents, scored.shares) as a(agent_id, share)
  ) agent on scored.agents is not null
  where decay > 0
), weighted as (
  select *, (floor(exact) + (row_number() over split <= 1e12::double precision - sum(floor(exact)) over split)::integer)::bigint as weight
  from share
  window split as (partition by conversion_id
                   order by exact - floor(exact) desc, is_primary desc, position desc, agent_id
                   rows between unbounded preceding and unbounded following)
), product as (
  select *, (amount_minor * (weight / 1000000) + amount_minor * (weight % 1000000) / 1000000) as scaled from weighted
)
select ':organization', ':run', 1, conversion_id, interaction_id, agent_id, null, vendor_id, touch_source_id,
       customer_id, weight,
       scaled / 1000000 + (row_number() over split <= amount_minor - sum((scaled / 1000000)::double precision) over split)::integer,
       started_at, occurred_at, channel, currency, is_primary::integer * 8, uuidv7()
from product
window split as (partition by conversion_id
                 order by (scaled % 1000000) * 1000000 + (amount_minor * (weight % 1000000)) % 1000000 desc,
                          is_primary desc, position desc, agent_id
                 rows between unbounded preceding and unbounded following)
