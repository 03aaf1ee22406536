import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testMailing } from '../../../test/http/harness.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { listProspectActivities } from '../activities/activities.ts';
import { createProspect } from '../prospects/create-prospect.ts';
import { CRM_REACTIONS } from '../reactions.ts';
import { attendReminder } from '../reminders/attend-reminder.ts';
import { completeTask, createTask } from '../tasks/change-task.ts';
import { type UpdateMeetingInput, updateMeeting } from './change-meeting.ts';
import { downloadMeeting } from './ics.ts';
import { listMeetings, readMeeting } from './meeting-view.ts';
import { scheduleMeeting } from './schedule-meeting.ts';

let database: TestDatabase;
let tenant: TestTenant;
let ownerId: string;
let prospectId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  const [user] = await database.owner`
    insert into users (organization_id, email, first_name, timezone)
    values (${tenant.organizationId}, ${`${tenant.organizationId}@x.example`}, 'Eva', 'Europe/Berlin') returning id`;
  ownerId = user!.id;
  prospectId = (
    await tenant.run((ctx) => createProspect(ctx, { email: 'ann@acme.example', firstName: 'Ann', lastName: 'Lee' }))
  ).id;
});
afterAll(() => database?.drop());

const react = () => runAllReactions(database, CRM_REACTIONS);
const at = (time: string) => new Date(`2026-07-01T${time}:00Z`);
const schedule = (from: string, to: string, more = {}) =>
  tenant.run((ctx) =>
    scheduleMeeting(ctx, { prospectId, ownerId, startsAt: at(from), endsAt: at(to), mailing: testMailing, ...more }),
  );
const update = (id: string, changes: UpdateMeetingInput['changes'], now?: Date) =>
  tenant.run((ctx) => updateMeeting(ctx, { id, changes, mailing: testMailing }), now);
const sends = async (id: string) =>
  (
    await database.owner`
      select split_part(dedupe_key, ':', 3) || ' ' || split_part(dedupe_key, ':', 4) as what, to_address from sends
      where subject_id = ${id} order by created_at, id`
  ).map((row) => `${row.what} ${row.to_address}`);
const touches = (id: string) => database.owner`
  select i.channel, i.cost_minor::integer as cost, i.voided_at is not null as voided, a.user_id,
         extract(epoch from i.ended_at - i.started_at)::integer as seconds
  from interactions i
  join interaction_participants p on p.organization_id = i.organization_id and p.interaction_id = i.id
    and p.interaction_version = i.version
  join agents a on a.organization_id = p.organization_id and a.id = p.agent_id
  where i.external_id = ${`b:meetings:${id}`}`;

describe('a meeting', () => {
  it('becomes a touch when it is completed, is corrected with it and voided when nobody came after all', async () => {
    const meeting = await schedule('09:00', '10:00', { cost: '12.50', costCurrency: 'USD' });
    expect(meeting).toMatchObject({
      title: 'Meeting with Ann Lee',
      timeZone: 'Europe/Berlin',
      attendees: [{ name: 'Ann Lee', email: 'ann@acme.example' }],
      conflicts: [],
    });
    await react();
    expect(await touches(meeting.id)).toEqual([]);
    await expect(update(meeting.id, { status: 'completed' })).rejects.toMatchObject({ code: 'MEETING_AHEAD' });
    await update(meeting.id, { status: 'completed', outcome: 'wants an offer' }, at('10:05'));
    await react();
    const touch = { channel: 'meeting', user_id: ownerId, voided: false, cost: 1250, seconds: 3600 };
    expect(await touches(meeting.id)).toEqual([touch]);
    const timeline = async () => {
      const list = await tenant.run((ctx) => listProspectActivities(ctx, { prospectId, page: 1, limit: 20 }));
      return list.items.filter((item) => item.sourceId === meeting.id).map((item) => `${item.type} ${item.subject}`);
    };
    expect((await timeline()).sort()).toEqual([
      'meeting_completed Meeting with Ann Lee',
      'meeting_scheduled Meeting with Ann Lee',
    ]);
    await update(meeting.id, { endsAt: at('09:30'), cost: null, title: 'Demo' }, at('11:00'));
    await react();
    expect(await touches(meeting.id)).toEqual([{ ...touch, cost: null, seconds: 1800 }]);
    expect(await timeline()).toContain('meeting_completed Demo');
    await update(meeting.id, { status: 'no_show' }, at('12:00'));
    await react();
    expect(await touches(meeting.id)).toMatchObject([{ voided: true }]);
    expect(await timeline()).toEqual(['meeting_scheduled Meeting with Ann Lee']);
    await expect(update(meeting.id, { status: 'completed' }, at('12:00'))).rejects.toMatchObject({
      code: 'MEETING_CLOSED',
      extras: { details: { status: 'no_show' } },
    });
  });

  it('invites those with an address, anew when they would see a change, and tells who is off', async () => {
    const attendees = [
      { name: 'Ann', email: 'ann@acme.example' },
      { name: 'Bob', email: 'bob@acme.example' },
      { name: 'No Address', email: null },
    ];
    const { id } = await schedule('12:00', '13:00', {
      attendees,
      link: 'https://meet.example/x',
      title: 'Demo; and, more',
    });
    const ics = () => tenant.run((ctx) => downloadMeeting(ctx, { id, after: null }));
    const text = (await ics()).text.replaceAll('\r\n ', '');
    expect(text.split('\r\n')).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'METHOD:REQUEST',
        `UID:${id}@revloop`,
        'SEQUENCE:0',
        'DTSTART:20260701T120000Z',
        'DTEND:20260701T130000Z',
        'SUMMARY:Demo\\; and\\, more',
        'STATUS:CONFIRMED',
        'END:VCALENDAR',
      ]),
    );
    expect(text).toContain(`ORGANIZER;CN="Eva":mailto:${tenant.organizationId}@x.example`);
    await update(id, { notes: 'mine alone' });
    expect(await sends(id)).toEqual(['0 REQUEST ann@acme.example', '0 REQUEST bob@acme.example']);
    await update(id, { endsAt: at('12:30'), attendees: attendees.slice(0, 1) });
    await update(id, { status: 'cancelled' });
    expect(await sends(id)).toEqual([
      '0 REQUEST ann@acme.example',
      '0 REQUEST bob@acme.example',
      '1 CANCEL bob@acme.example',
      '1 REQUEST ann@acme.example',
      '2 CANCEL ann@acme.example',
    ]);
    const cancelled = (await ics()).text;
    for (const line of ['METHOD:CANCEL', 'SEQUENCE:2', 'STATUS:CANCELLED']) expect(cancelled).toContain(`${line}\r\n`);
    await expect(update(id, { status: 'completed' }, at('14:00'))).rejects.toMatchObject({ code: 'MEETING_CLOSED' });
  });

  it('reminds of its own time once, and anew under a new one', async () => {
    const { id } = await schedule('15:00', '16:00', { reminderMinutes: 30 });
    const look = (generation: number, now: Date) =>
      tenant.run((ctx) => attendReminder(ctx, { entity: 'meeting', entityId: id, generation }), now);
    expect(await look(1, at('14:00'))).toEqual({ status: 'waiting', waitSeconds: 1800 });
    expect(await look(1, at('14:30'))).toEqual({ status: 'told' });
    expect((await tenant.run((ctx) => readMeeting(ctx, id))).version).toBe(1);
    await update(id, { startsAt: at('17:00'), endsAt: at('18:00') }, at('14:40'));
    expect(await look(1, at('14:40'))).toEqual({ status: 'replaced' });
    expect(await look(2, at('16:30'))).toEqual({ status: 'told' });
    expect(await look(2, at('16:31'))).toEqual({ status: 'told' });
    const told = await database.owner`
      select occurred_at from domain_events where entity_id = ${id} and type = 'meeting.reminder' order by id`;
    expect(told.map((row) => row.occurred_at)).toEqual([at('14:30'), at('16:30')]);
    const commands = await database.owner`
      select kind || ' ' || generation as what from process_commands where entity_id = ${id} order by created_at, id`;
    expect(commands.map((row) => row.what)).toEqual(['start 1', 'signal 1', 'start 2']);
  });

  it('warns of the other meetings of its owner at that time, and of nothing else', async () => {
    const first = await schedule('19:00', '20:00');
    expect((await schedule('20:00', '21:00')).conflicts).toEqual([]);
    const clash = await schedule('19:30', '20:30', { title: 'Third' });
    expect(clash.conflicts.map((conflict) => conflict.startsAt)).toEqual([at('19:00'), at('20:00')]);
    expect((await schedule('19:30', '20:30', { ownerId: null })).conflicts).toEqual([]);
    await update(first.id, { status: 'cancelled' });
    expect((await tenant.run((ctx) => readMeeting(ctx, clash.id))).conflicts).toHaveLength(1);
    const input = { from: at('19:00'), until: at('20:00'), status: 'scheduled' as const, ownerId, page: 1, limit: 10 };
    const list = await tenant.run((ctx) => listMeetings(ctx, input));
    expect(list.items.map((meeting) => meeting.id)).toEqual([clash.id]);
  });

  it.each([
    [{ prospectId: null }, 'prospectId'],
    [{ endsAt: at('08:00') }, 'endsAt'],
    [{ endsAt: new Date('2026-09-01T00:00:00Z') }, 'endsAt'],
    [{ ownerId: '018f0000-0000-7000-8000-000000000000' }, 'ownerId'],
    [{ cost: '1' }, 'costCurrency'],
  ])('is refused with %j', async (fields, field) => {
    await expect(schedule('09:00', '10:00', fields)).rejects.toMatchObject({ extras: { issues: [{ field }] } });
  });
});

describe('the notices of the customer record', () => {
  it('tell each person once of what concerns them, unless they turned it off or did it themselves', async () => {
    const other = await createTenant(database, 'Notices');
    const person = async (name: string) => {
      const [user] = await database.owner`
        insert into users (organization_id, email, first_name)
        values (${other.organizationId}, ${`${name}.${other.organizationId}@x.example`}, ${name}) returning id`;
      return user!.id as string;
    };
    const [ida, max] = [await person('ida'), await person('max')];
    const asIda = { kind: 'user' as const, id: ida, userId: ida, permissions: 'all' as const };
    await database.owner`
      insert into notification_preferences (organization_id, user_id, event_types)
      values (${other.organizationId}, ${max}, ${database.owner.json({ 'task.overdue': { inApp: false } })})`;
    const dueAt = new Date('2026-06-30T12:30:00Z');
    const taskIds = await other.run(async (ctx) => {
      const made = [
        await createTask({ ...ctx, principal: asIda }, { title: 'mine', dueAt }),
        await createTask({ ...ctx, principal: asIda }, { title: 'his', dueAt, assigneeId: max }),
        await createTask(ctx, { title: 'done', assigneeId: ida, dueAt }),
      ];
      await completeTask(ctx, { id: made[2]!.id });
      return made.map((task) => task.id);
    });
    for (const now of [new Date('2026-06-30T12:00:00Z'), new Date('2026-06-30T13:00:00Z')]) {
      for (const entityId of taskIds) {
        await other.run((ctx) => attendReminder(ctx, { entity: 'task', entityId, generation: 1 }), now);
      }
      await react();
    }
    await database.owner`update reaction_runs set status = 'pending' where organization_id = ${other.organizationId}`;
    await react();
    const told = await database.owner`
      select u.first_name || ' ' || n.event || ' ' || n.title as what from notifications n join users u on u.id = n.user_id
      where n.organization_id = ${other.organizationId} order by 1`;
    expect(told.map((row) => row.what)).toEqual([
      'ida task.due_soon Due soon: mine',
      'ida task.overdue Overdue: mine',
      'max task.assigned Your task: his',
      'max task.due_soon Due soon: his',
    ]);
  });
});
