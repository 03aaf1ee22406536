import { sql } from 'kysely';
import { type ActivityType, MANUAL_ACTIVITY_TYPES } from '../../../domain/crm/activity.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { activityLogged } from '../events.ts';

export interface ActivityEntry {
  type: ActivityType;
  subject?: string | null | undefined;
  notes?: string | null | undefined;
  occurredAt?: Date | undefined;
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  dealId?: string | null | undefined;
  /** Who did it; default: the acting person. */
  userId?: string | null | undefined;
  /** The row that this tells of: its activity of one type stands in the timeline once. */
  source?: { type: string; id: string };
  data?: object;
}

/**
 * One line in the timeline of a prospect, account or deal, in the verb's transaction. A prospect's line stands in the
 * timeline of its account, too. Answers the id; null when the source has its line already.
 */
export async function logActivity(ctx: Ctx, entry: ActivityEntry): Promise<string | null> {
  const occurredAt = entry.occurredAt ?? ctx.now;
  const userId = entry.userId === undefined ? actingUser(ctx) : entry.userId;
  const { rows } = await sql<{ id: string }>`
    with written as (
      insert into activities (type, subject, notes, occurred_at, prospect_id, account_id, deal_id, user_id,
                              source_type, source_id, data)
      select ${entry.type}, ${entry.subject ?? null}, ${entry.notes ?? null}, ${occurredAt}, ${entry.prospectId ?? null}::uuid,
             coalesce(${entry.accountId ?? null}::uuid,
               (select p.account_id from prospects p
                where p.organization_id = ${ctx.organizationId} and p.id = ${entry.prospectId ?? null}::uuid),
               (select d.account_id from deals d
                where d.organization_id = ${ctx.organizationId} and d.id = ${entry.dealId ?? null}::uuid)),
             ${entry.dealId ?? null}::uuid, ${userId}::uuid, ${entry.source?.type ?? null},
             ${entry.source?.id ?? null}::uuid, ${JSON.stringify(entry.data ?? {})}::jsonb
      on conflict (organization_id, source_type, source_id, type) where source_id is not null do nothing
      returning id, prospect_id),
    seen as (
      update prospects p set last_activity_at = ${occurredAt} from written
      where p.organization_id = ${ctx.organizationId} and p.id = written.prospect_id
        and ${isContact(entry.type)} and coalesce(p.last_activity_at < ${occurredAt}, true))
    select id from written`.execute(ctx.tx);
  const id = rows[0]?.id ?? null;
  // A mailing of many thousands is told of by its mails alone.
  if (id !== null && isLoggable(entry.type) && entry.source?.type !== 'email') {
    await emit(ctx, activityLogged, { entityId: id, data: { id } });
  }
  return id;
}

const isLoggable = (type: ActivityType): boolean => (MANUAL_ACTIVITY_TYPES as readonly ActivityType[]).includes(type);

/** What was said or written between people; a changed field is no sign of life. */
const isContact = (type: ActivityType): boolean => type !== 'status_changed' && type !== 'record_changed';

export const actingUser = (ctx: Ctx): string | null => (ctx.principal.kind === 'user' ? ctx.principal.id : null);
