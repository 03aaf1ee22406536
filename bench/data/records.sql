-- :count people of one organization: half of them known to the identity spine, with two activities and two touches each.
insert into accounts (organization_id, id, name, domain, industry, employee_count)
select ':organization', md5('account' || n)::uuid, 'Company ' || n, 'company-' || n || '.example',
       (array['software', 'retail', 'banking', 'energy'])[1 + n % 4], n % 5000
from generate_series(1, 20000) n;
insert into custom_fields (organization_id, entity, key, label, type)
values (':organization', 'prospect', 'seats', 'Seats', 'number');
insert into customers (organization_id, id)
select ':organization', md5('customer' || n)::uuid from generate_series(1, :count / 2) n;
insert into prospects (organization_id, id, email, email_key, first_name, last_name, title, company, account_id, customer_id,
                       status, relationship_stage, priority_score, country, source, custom, created_at)
select ':organization', md5('prospect' || n)::uuid, 'person-' || n || '@company-' || n % 20000 || '.example',
       'person-' || n || '@company-' || n % 20000 || '.example',
       (array['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay', 'Gus'])[1 + n % 7],
       (array['Byron', 'Okafor', 'Lindqvist', 'Moreau', 'Tanaka'])[1 + n % 5] || ' ' || n,
       (array['CEO', 'CTO', 'Buyer', 'Engineer'])[1 + n % 4], 'Company ' || n % 20000,
       md5('account' || 1 + n % 20000)::uuid,
       case when n <= :count / 2 then md5('customer' || n)::uuid end,
       (array['new', 'contacted', 'engaged', 'qualified', 'unqualified'])[1 + n % 5],
       (array['cold', 'aware', 'engaged', 'opportunity'])[1 + n % 4], n % 101,
       (array['US', 'DE', 'FR', 'JP'])[1 + n % 4], 'bench', jsonb_build_object('seats', n % 500),
       timestamptz '2026-01-01' + n * interval '10 seconds'
from generate_series(1, :count) n;
insert into activities (organization_id, type, subject, occurred_at, prospect_id)
select ':organization', (array['email_sent', 'call_made', 'note_added'])[1 + (n + k) % 3], 'Talk ' || k,
       now() - ((n * 7 + k) % 400) * interval '1 day', md5('prospect' || n)::uuid
from generate_series(1, :count / 2) n, generate_series(1, 2) k;
insert into interactions (organization_id, external_id, customer_id, channel, started_at)
select ':organization', 'touch-' || n || '-' || k, md5('customer' || n)::uuid,
       (array['call', 'email', 'chat'])[1 + (n + k) % 3], now() - ((n * 11 + k) % 400) * interval '1 day'
from generate_series(1, :count / 2) n, generate_series(1, 2) k;
