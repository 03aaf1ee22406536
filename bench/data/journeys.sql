-- One organization's 90 days: :conversions sales and ten touches per sale, by customers of whom some have two records.
-- Written as the owner and without foreign-key checks: it arranges data, nothing here is measured.
set local session_replication_role = replica;
set local work_mem = '256MB';
select setseed(0.42);

insert into organizations (id, name, plan) values (':organization', 'Benchmark', 'enterprise');

insert into vendors (organization_id, code, name)
select ':organization', 'vendor-' || n, 'Vendor ' || n from generate_series(1, 5) n;
insert into agents (organization_id, external_id, name)
select ':organization', 'agent-' || n, 'Agent ' || n from generate_series(1, 200) n;
insert into touch_sources (organization_id, fingerprint, campaign)
select ':organization', sha256(('campaign-' || n)::bytea), 'campaign-' || n from generate_series(1, 300) n;

-- Every twentieth customer has a second record; facts of one person stand on both.
create temp table person on commit drop as
select n, uuidv7() as customer_id, null::uuid as second_id from generate_series(0, :conversions - 1) n;
update person set second_id = uuidv7() where n % 20 = 0;
create unique index on person (n);
insert into customers (organization_id, id) select ':organization', customer_id from person;
insert into customers (organization_id, id) select ':organization', second_id from person where second_id is not null;
insert into identity_links (organization_id, customer_id, canonical_id, reason)
select ':organization', second_id, customer_id, 'shared_identifier' from person where second_id is not null;

create temp table sale on commit drop as
select n, (random() * (:conversions * 0.8 - 1))::integer as person,
       timestamptz '2026-01-01' + random() * interval '90 days' as at
from generate_series(1, :conversions) n;
create temp table sold on commit drop as
select sale.*, person.customer_id, person.second_id from sale join person on person.n = sale.person;
analyze sold;

insert into conversions (organization_id, external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at)
select ':organization', 'sale-' || n, customer_id, case when random() < 0.8 then 'purchase' else 'signup' end, 'billing',
       1000 + floor(exp(random() * 9))::bigint, case when random() < 0.85 then 'USD' else 'EUR' end, at
from sold order by at;

-- Half of the touches lead up to a sale, on average five days before it; the rest is spread over everybody.
create temp table touch on commit drop as
select coalesce(case when random() < 0.3 then second_id end, customer_id) as customer_id,
       at + ln(1 - random()) * interval '5 days' as at, random() as dice
from sold cross join generate_series(1, 5)
union all
select coalesce(case when random() < 0.3 then person.second_id end, person.customer_id), at, dice
from (
  select (random() * (:conversions - 1))::integer as n, timestamptz '2026-01-01' + random() * interval '90 days' as at,
         random() as dice
  from generate_series(1, :conversions * 5)
) spread join person using (n);

insert into interactions (
  organization_id, external_id, customer_id, channel, direction, language, primary_intent, purchase_probability,
  vendor_id, touch_source_id, started_at, ended_at)
select ':organization', 'touch-' || row_number() over (order by at), customer_id,
       (array['call', 'email', 'chat', 'sms', 'web', 'linkedin', 'direct'])[1 + floor(dice * 7)::integer],
       case when random() < 0.6 then 'outbound' else 'inbound' end, 'en',
       (array['purchase_inquiry', 'pricing_question', 'support_request', 'renewal', 'general'])[1 + floor(random() * 5)::integer],
       case when random() < 0.7 then round(random()::numeric, 2)::double precision end,
       case when dice < 1 / 7.0 then vendor.ids[1 + floor(random() * 5)::integer] end,
       case when random() < 0.4 then source.ids[1 + floor(random() * 300)::integer] end,
       at, at + random() * interval '30 minutes'
from touch,
     (select array_agg(id order by code) as ids from vendors where organization_id = ':organization') vendor,
     (select array_agg(id order by campaign) as ids from touch_sources where organization_id = ':organization') source
order by at;

-- Calls and chats were handled by an agent, one in twenty by two.
insert into interaction_participants (organization_id, interaction_id, ordinal, role, agent_id)
select ':organization', i.id, ordinal, 'agent', agent.ids[1 + floor(random() * 200)::integer]
from interactions i
cross join generate_series(0, 1) ordinal
cross join (select array_agg(id order by external_id) as ids from agents where organization_id = ':organization') agent
where i.organization_id = ':organization' and i.channel in ('call', 'chat')
  and (ordinal = 0 or hashtext(i.external_id) % 20 = 0);

-- The second one is somebody else.
delete from interaction_participants second using interaction_participants first
where second.ordinal = 1 and first.ordinal = 0 and first.interaction_id = second.interaction_id
  and first.agent_id = second.agent_id;
