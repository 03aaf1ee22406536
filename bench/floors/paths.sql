-- The channels of every journey in order, counted by path: the touches of 72 h before each sale, and all touches of
-- people without one. By the owner, without history, snapshot or policy: the least that Markov and Shapley can read.
select path, converted, count(*) from (
  select array_agg(channel order by started_at, external_id, id) as path, true as converted from (
    select r.conversion_id, i.channel, i.started_at, i.external_id, i.id
    from (
      select c.id as conversion_id, c.occurred_at, coalesce(l.canonical_id, c.customer_id) as customer_id
      from conversions c left join identity_links l on l.customer_id = c.customer_id
      union all
      select c.id, c.occurred_at, m.customer_id
      from conversions c left join identity_links l on l.customer_id = c.customer_id
      join identity_links m on m.canonical_id = coalesce(l.canonical_id, c.customer_id)
    ) r
    cross join lateral (
      select * from interactions i where i.organization_id = ':organization' and i.customer_id = r.customer_id
        and i.started_at between r.occurred_at - interval '72 hours' and r.occurred_at offset 0
    ) i
  ) touch group by conversion_id
  union all
  select array_agg(channel order by started_at, external_id, id), false from (
    select coalesce(l.canonical_id, i.customer_id) as person_id, i.channel, i.started_at, i.external_id, i.id
    from interactions i left join identity_links l on l.customer_id = i.customer_id
    where not exists (
      select from conversions c left join identity_links o on o.customer_id = c.customer_id
      where coalesce(o.canonical_id, c.customer_id) = coalesce(l.canonical_id, i.customer_id))
  ) touch group by person_id
) journey group by path, converted
