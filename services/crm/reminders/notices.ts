import { sql } from 'kysely';
import type { NotificationEvent } from '../../../domain/platform/notification-event.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent, EventDefinition } from '../../core/events.ts';
import { type Reaction, reaction } from '../../core/relay.ts';
import { notify } from '../../platform/notifications/index.ts';
import {
  dealStageChanged,
  dealWon,
  meetingCancelled,
  meetingReminder,
  meetingScheduled,
  prospectAssigned,
  taskAssigned,
  taskDueSoon,
  taskOverdue,
} from '../events.ts';

/** Whom the record concerns, and what it is called; null: nobody is to be told. */
interface Concern {
  userId: string | null;
  name: string;
  at?: Date | null;
}

type Read = (ctx: Ctx, id: string) => Promise<Concern | undefined>;

const ofProspect: Read = async (ctx, id) => {
  const { rows } = await sql<Concern>`
    select owner_id as "userId",
           coalesce(nullif(trim(concat_ws(' ', first_name, last_name)), ''), email, phone, 'a prospect') as name
    from prospects where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null`.execute(ctx.tx);
  return rows[0];
};
const ofDeal: Read = async (ctx, id) => {
  const { rows } = await sql<Concern>`
    select owner_id as "userId", name from deals
    where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null`.execute(ctx.tx);
  return rows[0];
};
const ofTask: Read = async (ctx, id) => {
  const { rows } = await sql<Concern>`
    select assignee_id as "userId", title as name, due_at as at from tasks
    where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null and status = 'open'`.execute(
    ctx.tx,
  );
  return rows[0];
};
const ofMeeting: Read = async (ctx, id) => {
  const { rows } = await sql<Concern>`
    select owner_id as "userId", title as name, starts_at as at from meetings
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  return rows[0];
};

/** Nobody is told of what they did themselves. */
async function didIt(ctx: Ctx, eventId: string, userId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('domain_events')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', eventId)
    .where('actor_kind', '=', 'user')
    .where('actor_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

function notice<Data extends { id: string }>(
  on: EventDefinition<Data>,
  read: Read,
  title: (name: string, event: DomainEvent<Data>) => string | null,
): Reaction {
  return reaction(`crm.notify-${on.type}`, on, async (ctx, event) => {
    const concern = await read(ctx, event.data.id);
    if (!concern?.userId || (await didIt(ctx, event.id, concern.userId))) return;
    const text = title(concern.name, event);
    if (text === null) return;
    await notify(ctx, concern.userId, on.type as NotificationEvent, {
      title: text,
      body: concern.at ? `${concern.at.toISOString().slice(0, 16).replace('T', ' ')} UTC` : null,
      entity: { type: on.entityType, id: event.data.id },
      dedupeKey: `${on.type}:${event.id}`,
    });
  });
}

/** What the people of the customer record are told of. */
export const CRM_NOTICES: readonly Reaction[] = [
  notice(prospectAssigned, ofProspect, (name, { data }) => (data.ownerId === null ? null : `${name} is yours now`)),
  // A won deal has a notice of its own.
  notice(dealStageChanged, ofDeal, (name, { data }) =>
    data.to === 'closed_won' ? null : `${name}: ${data.from} → ${data.to}`,
  ),
  notice(dealWon, ofDeal, (name) => `${name} is won`),
  notice(taskAssigned, ofTask, (name) => `Your task: ${name}`),
  notice(taskDueSoon, ofTask, (name) => `Due soon: ${name}`),
  notice(taskOverdue, ofTask, (name) => `Overdue: ${name}`),
  notice(meetingScheduled, ofMeeting, (name) => `Scheduled: ${name}`),
  notice(meetingReminder, ofMeeting, (name) => `Begins soon: ${name}`),
  notice(meetingCancelled, ofMeeting, (name) => `Cancelled: ${name}`),
];
