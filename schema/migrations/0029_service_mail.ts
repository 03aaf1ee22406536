import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** Addresses that tickets come in by and answers come back to; what support means for deals. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'ticket_mailboxes',
    `address text not null,
     name text not null,
     -- Of the token that the provider shows; the address that it calls names the organization.
     hash bytea not null,
     team_id uuid,
     deleted_at timestamptz,
     unique (organization_id, hash),
     foreign key (organization_id, team_id) references teams (organization_id, id)`,
  );
  await run(
    db,
    'create unique index ticket_mailboxes_address on ticket_mailboxes (organization_id, lower(address)) where deleted_at is null',
  );
  // 122 random bits: who writes to this part of an address has got a mail of the ticket.
  await run(
    db,
    `alter table tickets
       add column reply_token text not null default replace(gen_random_uuid()::text, '-', ''),
       add column mailbox_id uuid,
       add foreign key (organization_id, mailbox_id) references ticket_mailboxes (organization_id, id)`,
  );
  await run(db, 'create unique index tickets_reply_token on tickets (organization_id, reply_token)');
  await run(db, 'create index on ticket_inbox (organization_id, ticket_id)');
  // For erasing a person: whose mail it was and what it was about.
  await run(db, `grant update (from_email, subject) on ticket_inbox to ${APP_ROLE}`);
  await supportInDealHealth(db);
}

/**
 * `analyze_pipeline_health` keeps its name and answer; what support knows comes on top of what the record says: an urgent
 * ticket that is open, and a bad rating of the last thirty days, of anybody who has to do with the deal.
 */
async function supportInDealHealth(db: AnyDb): Promise<void> {
  await run(db, 'alter function analyze_pipeline_health(uuid, uuid) rename to analyze_pipeline_record');
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
     telling as (
       select t.organization_id, t.id, t.account_id, t.prospect_id,
              t.status in ('new', 'open', 'pending') and t.priority = 'urgent' as is_urgent,
              t.satisfaction_score <= 2 as is_bad
       from public.tickets t cross join clock
       where t.organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
         and t.deleted_at is null
         and ((t.status in ('new', 'open', 'pending') and t.priority = 'urgent')
              or (t.satisfaction_score <= 2 and t.resolved_at > clock.at - interval '30 days'))
     ),
     of_deal as (
       select d.id as deal_id, t.id as ticket_id, t.is_urgent, t.is_bad
       from telling t join public.deals d on d.organization_id = t.organization_id and d.account_id = t.account_id
       union
       select c.deal_id, t.id, t.is_urgent, t.is_bad
       from telling t join public.deal_contacts c
         on c.organization_id = t.organization_id and c.prospect_id = t.prospect_id
       union
       select l.deal_id, t.id, t.is_urgent, t.is_bad
       from telling t join public.ticket_deals l on l.organization_id = t.organization_id and l.ticket_id = t.id
     ),
     support as (
       select o.deal_id, sum(r.points)::integer as points,
              jsonb_agg(jsonb_build_object('factor', r.factor, 'points', r.points, 'evidence', r.evidence)
                order by r.points desc) as factors,
              jsonb_agg(r.advice order by r.points desc) as advice
       from (select of_deal.deal_id, count(*) filter (where is_urgent) as urgent, count(*) filter (where is_bad) as bad
             from of_deal group by of_deal.deal_id) o
       cross join lateral (values
         ('urgent_ticket', case when o.urgent > 0 then 30 end, jsonb_build_object('tickets', o.urgent),
            'Help with the urgent ticket before you ask for anything.'),
         ('bad_rating', case when o.bad > 0 then 20 end, jsonb_build_object('tickets', o.bad),
            'Speak with the customer about what went wrong in support.')
       ) as r(factor, points, evidence, advice)
       where r.points is not null
       group by o.deal_id
     )
     select b.deal_id, b.deal_name, b.stage, least(100, b.risk_score + coalesce(s.points, 0)),
            case when b.risk_score + coalesce(s.points, 0) >= 60 then 'high'
                 when b.risk_score + coalesce(s.points, 0) >= 30 then 'medium' else 'low' end,
            coalesce(s.factors, '[]') || b.risk_factors, coalesce(s.advice, '[]') || b.recommendations
     from public.analyze_pipeline_record(p_team_id, p_deal_id) b
     left join support s on s.deal_id = b.deal_id
     $$`,
  );
  await run(db, 'revoke all on function analyze_pipeline_health(uuid, uuid) from public');
  await run(db, `grant execute on function analyze_pipeline_health(uuid, uuid) to ${APP_ROLE}`);
}
