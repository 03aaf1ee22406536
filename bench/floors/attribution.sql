-- TIME_DECAY over 72 h (half-life 36 h) for one organization, in one statement by the owner, autocommitted.
-- The least work that yields the same rows: straight joins on current rows (no history, no snapshot, no policy, no
-- partitions, no progress), one pass of windows, both largest-remainder splits, and ids made the cheapest way.
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
         row_number() over journey as position, count(*) over whole as touches,
         floor(power(2::double precision, extract(epoch from i.started_at - max(i.started_at) over whole)::double precision
           / 129600) * 1e12)::bigint as decay
  from record r
  join interactions i on i.organization_id = ':organization' and i.customer_id = r.customer_id
    and i.started_at between r.occurred_at - interval '72 hours' and r.occurred_at
  window whole as (partition by r.conversion_id order by i.started_at, i.external_id, i.id
                   rows between unbounded preceding and unbounded following),
         journey as (partition by r.conversion_id order by i.started_at, i.external_id, i.id)
), weight as (
  select *, floor(exact)::bigint as unit, exact - floor(exact) as remainder
  from (
    select touch.*, agent.agent_id,
           decay::double precision / sum(decay) over (partition by conversion_id)::double precision
             * coalesce(agent.fraction, 1) * 1e12::double precision as exact
    from touch
    left join lateral (
      select p.agent_id, coalesce(p.share, 1) / sum(coalesce(p.share, 1)) over () as fraction
      from interaction_participants p
      where p.organization_id = ':organization' and p.interaction_id = touch.interaction_id
        and p.interaction_version = touch.version and p.role = 'agent'
    ) agent on true
  ) share
  where exact > 0
)
select 1;
