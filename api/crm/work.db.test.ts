import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRM_REACTIONS } from '../../services/crm/reactions.ts';
import { type Account, type Accounts, createAccounts } from '../../test/http/accounts.ts';
import { call, createOrganization, createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';
import { runAllReactions } from '../../test/reactions.ts';

let database: TestDatabase;
let accounts: Accounts;
let ada: Account;
beforeAll(async () => {
  database = await createTestDatabase();
  accounts = createAccounts(database);
  ada = await accounts.register();
});
afterAll(() => database?.drop());
const send = (method: string, path: string, body?: unknown, token = ada.token) =>
  accounts.as(token, method, `/api/v1${path}`, body === undefined ? {} : { body });
const feed = (url: string) => call(accounts.app, null, 'GET', new URL(url).pathname, {});

describe('a task over HTTP', () => {
  it('belongs to whoever creates it, is listed by day, rescheduled under its ETag and completed once', async () => {
    const created = await send('POST', '/tasks', {
      type: 'call',
      priority: 'high',
      dueAt: '2026-06-30T15:00:00+02:00',
    });
    expect(created.status).toBe(201);
    const { id, assigneeId } = created.json.data;
    expect(assigneeId).toBe(ada.userId);
    const day = await send('GET', `/tasks?date=2026-06-30&userId=${ada.userId}&type=call`);
    expect(day.json).toMatchObject({ data: [{ id, dueAt: '2026-06-30T13:00:00.000Z' }], pagination: { total: 1 } });
    const moved = await accounts.as(ada.token, 'PUT', `/api/v1/tasks/${id}`, {
      body: { dueAt: '2026-07-01T09:00:00Z' },
      headers: { 'if-match': '"7"' },
    });
    expect(moved.status).toBe(412);
    expect((await send('PUT', `/tasks/${id}`, { dueAt: '2026-07-01T09:00:00Z' })).json.data.version).toBe(2);
    expect((await send('POST', `/tasks/${id}/complete`, { outcome: 'reached' })).json.data).toMatchObject({
      status: 'completed',
      completedBy: ada.userId,
    });
    const again = await send('POST', `/tasks/${id}/complete`, {});
    expect([again.status, again.json.error.code]).toEqual([409, 'TASK_CLOSED']);
    expect((await send('DELETE', `/tasks/${id}`)).status).toBe(200);
    expect((await send('GET', `/tasks/${id}`)).status).toBe(404);
  });
});

describe('the calendar of a person', () => {
  it('is read by its address alone, until another one is made or it is ended', async () => {
    const prospect = await send('POST', '/prospects', { email: 'ann@globex.example', firstName: 'Ann' });
    const times = { startsAt: '2026-07-01T09:00:00Z', endsAt: '2026-07-01T10:00:00Z' };
    const meeting = await send('POST', '/meetings', { prospectId: prospect.json.data.id, title: 'Offer', ...times });
    expect([meeting.status, meeting.json.data.ownerId]).toEqual([201, ada.userId]);
    const first = (await send('POST', '/calendar-feed')).json.data.url;
    const read = await feed(first);
    expect([read.status, read.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(read.text).toContain('SUMMARY:Offer\r\n');
    expect(read.text).not.toContain('ann@globex.example');
    const second = (await send('POST', '/calendar-feed')).json.data.url;
    expect([(await feed(first)).status, (await feed(second)).status]).toEqual([404, 200]);
    const other = await accounts.register();
    const foreign = second.replace(ada.organizationId.replaceAll('-', ''), other.organizationId.replaceAll('-', ''));
    expect([(await feed(foreign)).status, (await feed(`${second}x`)).status]).toEqual([404, 404]);
    expect((await send('DELETE', '/calendar-feed')).status).toBe(200);
    expect((await feed(second)).status).toBe(404);
    const ics = await send('GET', `/meetings/${meeting.json.data.id}/ics`);
    expect(ics.text).toContain('METHOD:REQUEST\r\n');
    const keyOfNobody = await createOrganization(database);
    const refused = await call(accounts.app, keyOfNobody, 'POST', '/api/v1/calendar-feed', {});
    expect([refused.status, refused.json.error.code]).toEqual([403, 'NO_PERSON']);
  });
});

describe('notifications', () => {
  it('are one’s own: counted, grouped, read, archived and deleted', async () => {
    const prospectId = (await send('POST', '/prospects', { firstName: 'Zoe' })).json.data.id;
    for (const ownerId of [ada.userId, null, ada.userId]) {
      await database.owner`
        insert into domain_events (organization_id, type, schema_version, entity_type, entity_id, occurred_at, actor_kind, data)
        values (${ada.organizationId}, 'prospect.assigned', 1, 'prospect', ${prospectId}, now(), 'system',
                ${database.owner.json({ id: prospectId, ownerId })})`;
    }
    await database.owner`update prospects set owner_id = ${ada.userId} where id = ${prospectId}`;
    await runAllReactions(database, CRM_REACTIONS);
    const list = async (query = '') => (await send('GET', `/notifications?type=prospect.assigned${query}`)).json;
    const { data } = await list();
    expect(data).toMatchObject([
      { title: 'Zoe is yours now', priority: 'medium', entityId: prospectId, readAt: null, count: 1 },
      { title: 'Zoe is yours now' },
    ]);
    expect(await list('&grouped=true')).toMatchObject({ data: [{ count: 2 }], pagination: { total: 1 } });
    expect((await send('GET', '/notifications/unread-count')).json.data).toMatchObject({
      total: 2,
      byPriority: { medium: 2 },
    });
    const [one, two] = data as { id: string }[];
    expect((await send('PUT', `/notifications/${one!.id}/read`, {})).json.data.readAt).not.toBeNull();
    expect((await list('&unread=true')).pagination.total).toBe(1);
    expect((await send('PUT', `/notifications/${one!.id}/unread`)).json.data.readAt).toBeNull();
    expect((await send('POST', '/notifications/mark-all-read')).json.data).toEqual({ count: 2 });
    await send('POST', `/notifications/${one!.id}/archive`);
    expect([(await list()).pagination.total, (await list('&archived=true')).pagination.total]).toEqual([1, 1]);
    const other = await accounts.register();
    const foreign = await send('DELETE', `/notifications/${two!.id}`, undefined, other.token);
    expect(foreign.status).toBe(404);
    expect((await send('DELETE', `/notifications/${two!.id}`)).status).toBe(200);
    expect((await list()).pagination.total).toBe(0);
  });
});
