-- TIME_DECAY over 72 h (half-life 36 h) for one organization, in one statement by the owner, autocommitted.
-- The least work that yields the same rows: straight joins on current rows (no history, no snapshot, no policy, no
-- partitions, no progress), the windows that both largest-remainder splits need, and ids made the cheapest way.
insert into bench_floor (
  organization_id, run_id, generation, conversion_id, interaction_id, agent_id, team_id, vendor_id, touch_source_id,
  customer_id, weight, amount_minor, touched_at, converted_at, model_code, channel, currency, is_primary_touch, id)
with record as (
  select c.id as conversion_id, c.amount_minor, c.currency, c.occurred_at, r.customer_id
  from conversions c
  left join identity_links own on own.organization_id = c.organization_id and own.customer_id = c.customer_id
  cross join lateral (
    select coalesce(own.canonical_id, c.customer_id) as customer_id
    union all
    select m.customer_id from identity_links m
    where m.organization_id = c.organization_id and m.canonical_id = coalesce(own.canonical_id, c.customer_id)
  ) r
  where c.organization_id = ':organization'
), touch as (
  select r.conversion_id, r.amount_minor, r.currency, r.occurred_at, i.id as interaction_id, i.version, i.customer_id,
         i.channel, i.vendor_id, i.touch_source_id, i.started_at,
         row_number() over journey as position, count(*) over journey as touches,
         floor(power(2::double precision, extract(epoch from i.started_at - max(i.started_at) over journey)::double precision
           / 129600) * 1e12)::bigint as decay
  from record r
  join interactions i on i.organization_id = ':organization' and i.customer_id = r.customer_id
    and i.started_at between r.occurred_at - interval '72 hours' and r.occurred_at
  window journey as (partition by r.conversion_id order by i.started_at, i.external_id, i.id
                     rows between unbounded preceding and unbounded following)
), share as (
  select scored.*, agent.agent_id, position = touches as is_primary,
         decay::double precision / total::double precision * coalesce(agent.fraction, 1) * 1e12 as exact
  from (select *, sum(decay) over (partition by conversion_id) as total from touch) scored
  left join lateral (
    select p.agent_id, coalesce(p.share, 1) / sum(coalesce(p.share, 1)) over () as fraction
    from interaction_participants p
    where p.organization_id = ':organization' and p.interaction_id = scored.interaction_id
      and p.interaction_version = scored.version and p.role = 'agent'
  ) agent on true
  where decay > 0
), weighted as (
  select *, floor(exact)::bigint + (
           row_number() over split <= 1000000000000 - sum(floor(exact)::bigint) over split)::integer as weight
  from share
  window split as (partition by conversion_id
                   order by exact - floor(exact) desc, is_primary desc, position desc, agent_id
                   rows between unbounded preceding and unbounded following)
), product as (
  select *, amount_minor * (weight / 1000000) + amount_minor * (weight % 1000000) / 1000000 as scaled from weighted
)
select ':organization', ':run', 1, conversion_id, interaction_id, agent_id, null, vendor_id, touch_source_id,
       customer_id, weight,
       scaled / 1000000 + (row_number() over split <= amount_minor - sum(scaled / 1000000) over split)::integer,
       started_at, occurred_at, 'TIME_DECAY', channel, currency, is_primary, uuidv7()
from product
window split as (partition by conversion_id
                 order by (scaled % 1000000) * 1000000 + (amount_minor * (weight % 1000000)) % 1000000 desc,
                          is_primary desc, position desc, agent_id
                 rows between unbounded preceding and unbounded following)
