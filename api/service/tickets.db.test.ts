import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSla,
  createTicket,
  lockTicket,
  readSlaState,
  updateSla,
  updateTicket,
  writeReply,
} from '../../services/service/index.ts';
import { SERVICE_REACTIONS } from '../../services/service/reactions.ts';
import { createTenant, type TestTenant } from '../../test/database.ts';
import { type Account, type Accounts, createAccounts } from '../../test/http/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';
import { runAllReactions } from '../../test/reactions.ts';

let database: TestDatabase;
let accounts: Accounts;
let ada: Account;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  accounts = createAccounts(database);
  ada = await accounts.register();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());
const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  accounts.as(ada.token, method, `/api/v1${path}`, { headers, ...(body === undefined ? {} : { body }) });
const made = async (path: string, body: unknown) => {
  const { status, json } = await send('POST', path, body);
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
};
const at = (text: string) => new Date(`2026-01-${text}:00Z`);

const OFFICE = {
  timezone: 'UTC',
  days: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [{ start: '08:00', end: '18:00' }]]),
  ),
  holidays: ['2026-01-06'],
};

describe('a ticket', () => {
  it('finds who asks, goes to open by the first answer, and keeps notes from whoever asked', async () => {
    const prospect = await made('/prospects', { email: 'Ann@Globex.example', firstName: 'Ann', lastName: 'Lee' });
    const ticket = await made('/tickets', {
      subject: 'It stops',
      requesterEmail: 'ann@globex.example',
      tags: ['export'],
    });
    expect(ticket).toMatchObject({ number: 1, status: 'new', prospectId: prospect.id, requesterName: 'Ann Lee' });
    const note = await made(`/tickets/${ticket.id}/replies`, { body: 'Known', isInternal: true });
    expect(note).toMatchObject({ isInternal: true, author: 'agent', authorId: ada.userId });
    expect((await send('GET', `/tickets/${ticket.id}`)).json.data).toMatchObject({
      status: 'new',
      firstRespondedAt: null,
    });
    const canned = await made('/canned-responses', {
      title: 'Hello',
      body: 'Hello {{requester.firstName|there}}, about #{{ticket.number}}: {{agent.name}}',
      shortcut: 'hello',
    });
    const reply = await made(`/tickets/${ticket.id}/replies`, { cannedResponseId: canned.id, status: 'pending' });
    expect(reply.body).toMatch(/^Hello Ann, about #1: /);
    const after = (await send('GET', `/tickets/${ticket.id}`)).json.data;
    expect(after).toMatchObject({ status: 'pending', replyCount: 2 });
    expect(after.firstRespondedAt).not.toBeNull();
    const mail = await database.owner<{ to_address: string }[]>`
      select to_address from sends where subject_type = 'ticket' and subject_id = ${ticket.id}`;
    expect(mail).toEqual([{ to_address: 'ann@globex.example' }]);
    const stale = await send('PUT', `/tickets/${ticket.id}`, { priority: 'high' }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    const closed = await send('PUT', `/tickets/${ticket.id}`, { status: 'closed' });
    expect(closed.json.data.status).toBe('closed');
    const late = await send('PUT', `/tickets/${ticket.id}`, { status: 'open' });
    expect([late.status, late.json.error.code]).toEqual([409, 'TICKET_STATUS']);
    const word = await send('POST', `/tickets/${ticket.id}/replies`, { body: 'One more' });
    expect([word.status, word.json.error.code]).toEqual([409, 'TICKET_CLOSED']);
  });

  it('is found by words, number, filter and own fields', async () => {
    await made('/custom-fields', { entity: 'ticket', key: 'plan', type: 'text' });
    const { id, number } = await made('/tickets', {
      subject: 'Billing question',
      custom: { plan: 'gold' },
      priority: 'urgent',
    });
    for (const query of [
      'q=billing%20QUEST',
      `q=%23${number}`,
      'filter=and(eq(priority,urgent),eq(custom.plan,gold))',
      'priority=urgent&sort=-number',
    ]) {
      const { json } = await send('GET', `/tickets?${query}`);
      expect([query, json.data.map((row: { id: string }) => row.id)]).toEqual([query, [id]]);
    }
    expect((await send('GET', '/tickets?filter=eq(nothing,1)')).status).toBe(400);
    expect((await send('POST', '/tickets', { subject: 'x', custom: { unknown: 1 } })).status).toBe(400);
  });

  it('takes another one in and gives it back exactly, and lets replies begin one of their own', async () => {
    const source = await made('/tickets', { subject: 'Same again', watcherIds: [ada.userId] });
    const target = await made('/tickets', { subject: 'The first' });
    const reply = await made(`/tickets/${source.id}/replies`, { body: 'In the source' });
    const { json } = await send('POST', `/tickets/${target.id}/merge`, { sourceId: source.id });
    expect(json.data.ticket).toMatchObject({ id: target.id, replyCount: 2, watcherIds: [ada.userId] });
    expect((await send('GET', `/tickets/${source.id}`)).json.data).toMatchObject({
      status: 'closed',
      mergedIntoId: target.id,
    });
    const again = await send('POST', `/tickets/${target.id}/merge`, { sourceId: source.id });
    expect([again.status, again.json.error.code]).toEqual([409, 'TICKET_MERGED']);
    const undone = await send('POST', `/tickets/merges/${json.data.mergeId}/undo`);
    expect(undone.json.data.ticket).toMatchObject({ id: source.id, status: 'open', mergedIntoId: null, replyCount: 1 });
    expect((await send('GET', `/tickets/${target.id}`)).json.data).toMatchObject({ replyCount: 0, watcherIds: [] });
    expect((await send('POST', `/tickets/merges/${json.data.mergeId}/undo`)).status).toBe(409);
    const split = await made(`/tickets/${source.id}/split`, { subject: 'Its own', replyIds: [reply.id] });
    expect(split).toMatchObject({ splitFromId: source.id, replyCount: 1, subject: 'Its own' });
    expect((await send('POST', `/tickets/${source.id}/split`, { subject: 'x', replyIds: [reply.id] })).status).toBe(
      400,
    );
  });
});

describe('routing rules', () => {
  it('say beforehand who would get a ticket, and then give it to them in turn, by skill and by load', async () => {
    const [bo, cy] = (
      await database.owner<{ id: string }[]>`
        insert into users (organization_id, email, first_name) values
          (${ada.organizationId}, 'bo@example.com', 'Bo'), (${ada.organizationId}, 'cy@example.com', 'Cy') returning id`
    ).map(({ id }) => id) as [string, string];
    const tagged = (tag: string) => ({ field: 'tags', op: 'contains_any', value: [tag] });
    await made('/ticket-routing-rules', {
      name: 'Skills',
      position: 1,
      filter: tagged('skilled'),
      strategy: 'skill',
      members: [
        { userId: bo, skills: ['sso'] },
        { userId: cy, skills: ['sso', 'saml'] },
      ],
    });
    const turn = await made('/ticket-routing-rules', {
      name: 'Turn',
      position: 2,
      filter: tagged('turn'),
      strategy: 'round_robin',
      members: [{ userId: bo }, { userId: cy }],
    });
    const dry = await send('POST', '/ticket-routing-rules/dry-run', { subject: 'x', tags: ['turn'] });
    expect(dry.json.data).toMatchObject({
      winner: { ruleId: turn.id, assigneeId: bo },
      rules: [
        { name: 'Skills', outcome: 'no_match' },
        { name: 'Turn', outcome: 'wins' },
      ],
    });
    const assigned = async (tags: string[]) => (await made('/tickets', { subject: 'x', tags })).assigneeId;
    expect([await assigned(['turn']), await assigned(['turn']), await assigned(['turn'])]).toEqual([bo, cy, bo]);
    expect(await assigned(['skilled', 'sso', 'saml'])).toBe(cy);
    expect(await assigned(['skilled', 'nothing known'])).toBeNull();
    await made('/ticket-routing-rules', {
      name: 'Load',
      position: 3,
      filter: tagged('load'),
      strategy: 'least_loaded',
      members: [
        { userId: bo, maxOpen: 2 },
        { userId: cy, maxOpen: 3 },
      ],
    });
    expect([await assigned(['load']), await assigned(['load'])]).toEqual([cy, null]);
    await made('/ticket-routing-rules', {
      name: 'Tongue',
      position: 4,
      filter: tagged('tongue'),
      strategy: 'language',
      members: [
        { userId: bo, languages: ['en'] },
        { userId: cy, languages: ['de'] },
      ],
    });
    const spoken = async (language: string) =>
      (await made('/tickets', { subject: 'x', tags: ['tongue'], language })).assigneeId;
    expect([await spoken('de'), await spoken('en')]).toEqual([cy, bo]);
    const bad = await send('POST', '/ticket-routing-rules', { name: 'x', strategy: 'assignee' });
    expect([bad.status, bad.json.error.details.field]).toEqual([400, 'assigneeId']);
  });
});

describe('what a ticket was promised', () => {
  const state = (id: string, now: Date) => tenant.run((ctx) => readSlaState(ctx, { id }), now);
  const minutes = { firstResponseMinutes: 240, resolutionMinutes: 600, nextResponseMinutes: 60 };

  it('is counted in open hours, paused while it waits, and explained to the minute', async () => {
    const policy = {
      name: 'Office',
      isDefault: true,
      targets: { normal: minutes, urgent: { resolutionMinutes: 120 } },
    };
    await tenant.run((ctx) => createSla(ctx, { ...policy, calendar: OFFICE, warnBeforeMinutes: 60 }), at('01T00:00'));
    // Monday 17:00; Tuesday is a holiday.
    const { id } = await tenant.run((ctx) => createTicket(ctx, { subject: 'Clock' }), at('05T17:00'));
    const first = await state(id, at('05T17:30'));
    expect(first.firstResponse).toMatchObject({ dueAt: at('07T11:00'), countedSeconds: 1_800, breached: false });
    await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'pending' } }), at('07T09:00'));
    expect((await state(id, at('07T17:00'))).firstResponse).toMatchObject({ dueAt: null, remainingSeconds: 7_200 });
    await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'open' } }), at('08T08:00'));
    const after = await state(id, at('08T09:00'));
    expect(after.firstResponse).toMatchObject({ dueAt: at('08T10:00'), remainingSeconds: 3_600 });
    expect(after.explanation.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      [at('05T17:00'), at('05T18:00'), 'counting'],
      [at('05T18:00'), at('06T00:00'), 'outside_hours'],
      [at('06T00:00'), at('07T00:00'), 'holiday'],
      [at('07T00:00'), at('07T08:00'), 'outside_hours'],
      [at('07T08:00'), at('07T09:00'), 'counting'],
      [at('07T09:00'), at('08T08:00'), 'pending'],
      [at('08T08:00'), at('08T09:00'), 'counting'],
    ]);
    // Three hours have counted: as an urgent ticket it is late at once, dated when that became so.
    await tenant.run((ctx) => updateTicket(ctx, { id, changes: { priority: 'urgent' } }), at('08T09:00'));
    expect((await state(id, at('08T09:00'))).resolution).toMatchObject({ targetMinutes: 120, breached: true });
    const events = await database.owner`
      select metric, kind, due_at from ticket_sla_events where ticket_id = ${id} order by due_at, metric, kind`;
    expect(events).toEqual([
      { metric: 'first_response', kind: 'warning', due_at: at('08T09:00') },
      { metric: 'resolution', kind: 'breach', due_at: at('08T09:00') },
      { metric: 'resolution', kind: 'warning', due_at: at('08T09:00') },
    ]);
  });

  it('changes with its policy from that moment on, and each wait for an answer has a clock of its own', async () => {
    const policy = { name: 'Always', filter: { field: 'priority', op: 'eq', value: 'low' }, targets: { low: minutes } };
    const sla = await tenant.run((ctx) => createSla(ctx, policy), at('01T00:00'));
    const create = () => createTicketAt('05T10:00');
    const createTicketAt = (time: string) =>
      tenant.run((ctx) => createTicket(ctx, { subject: 'Other', priority: 'low' }), at(time));
    const { id } = await create();
    const many = await Promise.all(Array.from({ length: 5 }, create));
    await tenant.run((ctx) => updateSla(ctx, { id: sla.id, changes: { calendar: OFFICE } }), at('05T17:00'));
    await runAllReactions(database, SERVICE_REACTIONS);
    // Seven hours around the clock, one until the office closes, two on Wednesday.
    for (const one of [id, many.at(-1)!.id]) {
      expect((await state(one, at('05T17:00'))).resolution).toMatchObject({ dueAt: at('07T10:00') });
    }
    const write = (kind: 'agent' | 'customer', time: string) =>
      tenant.run(async (ctx) => {
        const ticket = await lockTicket(ctx, id);
        await writeReply(ctx, ticket, { author: { kind }, body: 'Words', isInternal: false, channel: 'api' });
      }, at(time));
    await write('customer', '05T17:10');
    await write('agent', '05T17:20');
    await write('customer', '05T17:30');
    await write('customer', '05T17:40');
    expect((await state(id, at('05T17:50'))).nextResponse).toMatchObject({
      dueAt: at('07T08:30'),
      remainingSeconds: 2_400,
    });
    await write('agent', '07T09:00');
    const answered = await state(id, at('07T09:00'));
    expect([answered.nextResponse, answered.firstResponse?.breached]).toEqual([null, true]);
    const breaches = await database.owner`
      select metric, wait, due_at from ticket_sla_events where ticket_id = ${id} and kind = 'breach' order by due_at`;
    expect(breaches).toEqual([
      { metric: 'first_response', wait: 0, due_at: at('05T14:00') },
      { metric: 'next_response', wait: 1, due_at: at('07T08:30') },
      // Told by the reaction, which lives in the year of the test.
      { metric: 'resolution', wait: 0, due_at: at('07T10:00') },
    ]);
    const told = await database.owner`
      select type, count(*)::int as count from domain_events
      where organization_id = ${tenant.organizationId} and entity_id = ${id} and type like 'ticket.sla%' group by type order by type`;
    expect(told).toEqual([
      { type: 'ticket.sla_breached', count: 3 },
      { type: 'ticket.sla_warning', count: 3 },
    ]);
  });

  it('falls under the policy of late tickets with the change that finds it late', async () => {
    const other = await createTenant(database);
    const policy = (name: string, field: string, value: string) =>
      other.run(
        (ctx) => createSla(ctx, { name, filter: { field, op: 'eq', value }, targets: { low: minutes } }),
        at('01T00:00'),
      );
    const late = await policy('Late', 'slaState', 'breached');
    const usual = await policy('Usual', 'priority', 'low');
    const { id } = await other.run((ctx) => createTicket(ctx, { subject: 'x', priority: 'low' }), at('05T10:00'));
    const slaOf = async () => (await database.owner`select sla_id from tickets where id = ${id}`)[0]!.sla_id;
    expect(await slaOf()).toBe(usual.id);
    await other.run(async (ctx) => {
      const ticket = await lockTicket(ctx, id);
      await writeReply(ctx, ticket, { author: { kind: 'agent' }, body: 'Words', isInternal: false, channel: 'api' });
    }, at('07T09:00'));
    expect(await slaOf()).toBe(late.id);
  });
});
