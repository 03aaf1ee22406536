import { type RawBuilder, sql } from 'kysely';

/** Kinds of work that people do, as they are counted everywhere. */
export const DONE_KINDS = ['call', 'email', 'meeting', 'linkedin', 'sms', 'task'] as const;

/** What people did: user_id, kind, at. @param within a condition on the named moment, to keep what is read small */
export const doneRows = (
  organizationId: string,
  within: (moment: string) => RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  select c.user_id, 'call' as kind, c.occurred_at as at from call_logs c
  where c.organization_id = ${organizationId} and c.direction = 'outbound' and c.deleted_at is null
    and ${within('c.occurred_at')}
  union all
  select m.user_id, 'email', m.sent_at from emails m
  where m.organization_id = ${organizationId} and not m.is_test and ${within('m.sent_at')}
  union all
  select s.user_id, 'sms', s.settled_at from sends s
  where s.organization_id = ${organizationId} and s.channel = 'sms' and s.state = 'accepted' and ${within('s.settled_at')}
  union all
  select a.user_id, case when a.type = 'meeting_scheduled' then 'meeting' else 'linkedin' end, a.occurred_at
  from activities a
  where a.organization_id = ${organizationId} and a.deleted_at is null
    and a.type in ('meeting_scheduled', 'linkedin_interaction') and ${within('a.occurred_at')}
  union all
  select coalesce(t.completed_by, t.assignee_id), kind.name, t.completed_at from tasks t
  cross join lateral (select 'task' as name union all select 'linkedin' where t.type = 'linkedin') kind
  where t.organization_id = ${organizationId} and t.status = 'completed' and t.deleted_at is null
    and ${within('t.completed_at')}`;
