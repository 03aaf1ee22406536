import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Attendee, MeetingStatus } from '../../../domain/crm/meeting.rules.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface MeetingView {
  id: string;
  title: string;
  prospectId: string | null;
  accountId: string | null;
  dealId: string | null;
  ownerId: string | null;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  location: string | null;
  link: string | null;
  notes: string | null;
  outcome: string | null;
  attendees: Attendee[];
  status: MeetingStatus;
  reminderMinutes: number;
  /** Decimal text in `costCurrency`. */
  cost: string | null;
  costCurrency: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface Conflict {
  id: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
}

export interface MeetingDetail extends MeetingView {
  /** Other scheduled meetings of its owner that overlap: a warning, no refusal. */
  conflicts: Conflict[];
}

type Row = Omit<MeetingView, 'cost'> & { costMinor: number | null };

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  m.id, m.title, m.prospect_id as "prospectId", m.account_id as "accountId", m.deal_id as "dealId",
  m.owner_id as "ownerId", m.starts_at as "startsAt", m.ends_at as "endsAt", m.time_zone as "timeZone", m.location,
  m.link, m.notes, m.outcome, m.attendees, m.status, m.reminder_minutes as "reminderMinutes",
  m.cost_minor as "costMinor", m.cost_currency as "costCurrency", m.created_at as "createdAt",
  m.updated_at as "updatedAt", m.version`);

const toView = <R extends Row>({ costMinor, ...row }: R) => ({
  ...row,
  cost: costMinor === null ? null : fromMinorUnits(Number(costMinor), row.costCurrency!),
});

/** @throws AppError not_found. */
export async function readMeeting(ctx: Ctx, id: string): Promise<MeetingDetail> {
  const { rows } = await sql<Row & { conflicts: Record<keyof Conflict, string>[] }>`
    select ${COLUMNS}, coalesce((
      select jsonb_agg(jsonb_build_object('id', c.id, 'title', c.title, 'startsAt', c.starts_at, 'endsAt', c.ends_at)
        order by c.starts_at, c.id)
      from (select * from meetings c
            where c.organization_id = m.organization_id and c.owner_id = m.owner_id and c.id <> m.id
              and c.status = 'scheduled' and m.status = 'scheduled'
              and c.starts_at < m.ends_at and c.ends_at > m.starts_at
            order by c.starts_at, c.id limit 20) c), '[]') as conflicts
    from meetings m where m.organization_id = ${ctx.organizationId} and m.id = ${id}`.execute(ctx.tx);
  const [row] = rows;
  if (!row) throw notFound('The meeting');
  const conflicts = row.conflicts.map((conflict) => ({
    ...conflict,
    startsAt: new Date(conflict.startsAt),
    endsAt: new Date(conflict.endsAt),
  }));
  return { ...toView(row), conflicts };
}

export const getMeeting = verb(
  { permission: 'activities.view' },
  (ctx, input: { id: string }): Promise<MeetingDetail> => readMeeting(ctx, input.id),
);

export interface ListMeetingsInput extends PageInput {
  from?: Date | undefined;
  until?: Date | undefined;
  status?: MeetingStatus | undefined;
  ownerId?: string | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
}

/** In the order of their beginnings. */
export const listMeetings = verb(
  { permission: 'activities.view' },
  async (ctx, input: ListMeetingsInput): Promise<{ items: MeetingView[]; total: number }> => {
    const equal = (column: string, value: string | undefined) =>
      value === undefined ? [] : [sql`m.${sql.raw(column)} = ${value}`];
    const conditions = sql.join(
      [
        sql`m.organization_id = ${ctx.organizationId}`,
        ...equal('status', input.status),
        ...equal('owner_id', input.ownerId),
        ...equal('prospect_id', input.prospectId),
        ...equal('account_id', input.accountId),
        ...equal('deal_id', input.dealId),
        ...(input.from === undefined ? [] : [sql`m.ends_at > ${input.from}`]),
        ...(input.until === undefined ? [] : [sql`m.starts_at < ${input.until}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, (select count(*) from meetings m where ${conditions})::integer as total
        from meetings m where ${conditions}
        order by m.starts_at, m.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);
