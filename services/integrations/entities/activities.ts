import { sql } from 'kysely';
import { type ActivityType, MANUAL_ACTIVITY_TYPES } from '../../../domain/crm/activity.rules.ts';
import type { Fields } from '../../../domain/integrations/adapter.port.ts';
import { changeActivity, logActivity } from '../../crm/index.ts';
import type { LocalEntity } from './entity.ts';
import { readRecords, textOf } from './read-fields.ts';

const COLUMNS = {
  type: 'e.type',
  subject: 'e.subject',
  notes: 'e.notes',
  day: `to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD')`,
  prospectId: 'e.prospect_id',
  accountId: 'e.account_id',
  dealId: 'e.deal_id',
};

/** Noon of the day: providers of tasks know no time, and midnight would be another day for half of the world. */
const momentOf = (fields: Fields): Date | undefined => {
  const day = textOf(fields, 'day');
  return day === null ? undefined : new Date(`${day}T12:00:00Z`);
};

/** Lines of the timeline that people wrote or that tell of a contact with somebody; what was logged is never matched. */
export const activityEntity: LocalEntity = {
  table: 'activities',
  fields: new Set(Object.keys(COLUMNS)),
  read: (ctx, ids) => readRecords(ctx, 'activities', COLUMNS, ids),
  match: async (_ctx, records) => records.map(() => null),
  async create(ctx, fields) {
    const id = await logActivity(ctx, {
      type: (textOf(fields, 'type') ?? 'note_added') as ActivityType,
      subject: textOf(fields, 'subject'),
      notes: textOf(fields, 'notes'),
      prospectId: textOf(fields, 'prospectId'),
      accountId: textOf(fields, 'accountId'),
      dealId: textOf(fields, 'dealId'),
      ...(momentOf(fields) === undefined ? {} : { occurredAt: momentOf(fields) }),
    });
    return id!;
  },
  async update(ctx, id, fields) {
    const changes = {
      ...('subject' in fields ? { subject: textOf(fields, 'subject') } : {}),
      ...('notes' in fields ? { notes: textOf(fields, 'notes') } : {}),
      ...('type' in fields ? { type: textOf(fields, 'type') as ActivityType } : {}),
      ...(momentOf(fields) === undefined ? {} : { occurredAt: momentOf(fields) }),
    };
    // Whom a line is about stays as it was logged.
    if (Object.keys(changes).length > 0) await changeActivity(ctx, { id, ...changes });
  },
  remove: (ctx, id) => changeActivity(ctx, { id, deleted: true }),
  // Only what is about somebody or something that the other side knows.
  outgoing: (ctx, integrationId) => sql<boolean>`
    e.type = any(${sql.val([...MANUAL_ACTIVITY_TYPES])}::text[]) and exists (
      select from integration_records about
      where about.organization_id = ${ctx.organizationId} and about.integration_id = ${integrationId}
        and about.local_id in (e.prospect_id, e.deal_id, e.account_id))`,
};
