import { sql } from 'kysely';
import type { NotificationEvent } from '../../../domain/platform/notification-event.rules.ts';
import type { SlaEscalation } from '../../../domain/service/sla.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent, EventDefinition } from '../../core/events.ts';
import { type Reaction, reaction } from '../../core/relay.ts';
import { notify } from '../../platform/notifications/index.ts';
import {
  ticketAssigned,
  ticketReplied,
  ticketResolved,
  ticketSlaBreached,
  ticketSlaEscalated,
  ticketSlaWarning,
} from '../events.ts';

interface Concern {
  number: number;
  subject: string;
  assigneeId: string | null;
  watcherIds: string[];
  /** Managers of the assignee; of the team's people while nobody has it. */
  leadIds: string[];
  /** Of what was promised: the policy may say something else by now. */
  escalations: SlaEscalation[] | null;
  /** Who did it, where a person did. */
  actorId: string | null;
}

async function concernOf(ctx: Ctx, ticketId: string, eventId: string): Promise<Concern | undefined> {
  const { rows } = await sql<Concern>`
    select t.number, t.subject, t.assignee_id as "assigneeId",
           array(select w.user_id from ticket_watchers w
                 where w.organization_id = t.organization_id and w.ticket_id = t.id) as "watcherIds",
           array(select distinct u.manager_id from users u
                 where u.organization_id = t.organization_id and u.manager_id is not null and u.deleted_at is null
                   and case when t.assignee_id is null then u.team_id = t.team_id else u.id = t.assignee_id end) as "leadIds",
           (select v.escalations from ticket_sla_periods p
            join sla_versions v on v.organization_id = p.organization_id and v.sla_id = p.sla_id and v.number = p.sla_number
            where p.organization_id = t.organization_id and p.ticket_id = t.id
            order by p.ordinal desc limit 1) as escalations,
           (select e.actor_id from domain_events e where e.organization_id = t.organization_id and e.id = ${eventId}
              and e.actor_kind = 'user') as "actorId"
    from tickets t
    where t.organization_id = ${ctx.organizationId} and t.id = ${ticketId} and t.deleted_at is null`.execute(ctx.tx);
  return rows[0];
}

function notice<Data extends { id: string }>(
  on: EventDefinition<Data>,
  as: NotificationEvent,
  say: (concern: Concern, event: DomainEvent<Data>) => { people: readonly (string | null)[]; title: string } | null,
): Reaction {
  return reaction(`service.notify-${on.type}`, on, async (ctx, event) => {
    const concern = await concernOf(ctx, event.data.id, event.id);
    const said = concern && say(concern, event);
    if (!concern || !said) return;
    // Nobody is told of what they did themselves.
    const people = new Set(said.people.filter((id): id is string => id !== null && id !== concern.actorId));
    await notify(ctx, [...people], as, {
      title: said.title,
      entity: { type: 'ticket', id: event.data.id },
      dedupeKey: `${on.type}:${event.id}`,
    });
  });
}

const WAITS_FOR = {
  first_response: 'first response',
  next_response: 'next response',
  resolution: 'resolution',
} as const;
const named = ({ number, subject }: Concern): string => `#${number} ${subject}`;
const responsible = ({ assigneeId, leadIds, watcherIds }: Concern) => [assigneeId, ...leadIds, ...watcherIds];

/** What people are told of tickets; warnings and breaches go to the assignee, their lead and whoever watches. */
export const TICKET_NOTICES: readonly Reaction[] = [
  notice(ticketAssigned, 'ticket.assigned', (concern, { data }) =>
    data.assigneeId === null ? null : { people: [data.assigneeId], title: `Yours now: ${named(concern)}` },
  ),
  notice(ticketReplied, 'ticket.replied', (concern, { data }) =>
    data.author === 'agent' && !data.isInternal
      ? null
      : { people: [concern.assigneeId, ...concern.watcherIds], title: `New in ${named(concern)}` },
  ),
  notice(ticketResolved, 'ticket.resolved', (concern) => ({
    people: concern.watcherIds,
    title: `Resolved: ${named(concern)}`,
  })),
  notice(ticketSlaWarning, 'ticket.sla_warning', (concern, { data }) => ({
    people: responsible(concern),
    title: `Soon late (${WAITS_FOR[data.metric]}): ${named(concern)}`,
  })),
  notice(ticketSlaBreached, 'ticket.sla_breached', (concern, { data }) => ({
    people: responsible(concern),
    title: `Late (${WAITS_FOR[data.metric]}): ${named(concern)}`,
  })),
  notice(ticketSlaEscalated, 'ticket.sla_breached', (concern, { data }) => ({
    people: concern.escalations?.[data.step - 1]?.userIds ?? [],
    title: `Still late (${WAITS_FOR[data.metric]}): ${named(concern)}`,
  })),
];
