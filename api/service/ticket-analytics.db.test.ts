import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Account, type Accounts, createAccounts } from '../../test/http/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';

let database: TestDatabase;
let accounts: Accounts;
let ada: Account;
beforeAll(async () => {
  database = await createTestDatabase();
  accounts = createAccounts(database);
  ada = await accounts.register();
});
afterAll(() => database?.drop());

it('counts tickets by the day of each of their moments, cut by channel, without merged and deleted ones', async () => {
  const [sla] = await database.owner<{ id: string }[]>`
    insert into slas (organization_id, name, targets) values (${ada.organizationId}, 'Any', '{}') returning id`;
  const [into] = await database.owner<{ id: string }[]>`
    insert into tickets (organization_id, number, subject, opened_at)
    values (${ada.organizationId}, 100, 'Of another month', '2026-02-01T10:00Z') returning id`;
  // The second is late and rated badly, the third came back, the fourth is promised nothing and answered in the next month.
  await database.owner`
    insert into tickets (organization_id, number, subject, channel, opened_at, first_responded_at, resolved_at, sla_id,
      first_response_breached_at, satisfaction_score, reopened_count, merged_into_id, deleted_at)
    values
      (${ada.organizationId}, 1, 'a', 'email', '2026-03-10T10:00Z', '2026-03-10T10:10Z', '2026-03-10T12:00Z', ${sla!.id}, null, 5, 0, null, null),
      (${ada.organizationId}, 2, 'b', 'email', '2026-03-10T11:00Z', '2026-03-10T11:30Z', '2026-03-11T11:00Z', ${sla!.id}, '2026-03-10T11:20Z', 2, 0, null, null),
      (${ada.organizationId}, 3, 'c', 'phone', '2026-03-12T10:00Z', '2026-03-12T10:05Z', null, ${sla!.id}, null, null, 1, null, null),
      (${ada.organizationId}, 4, 'd', 'phone', '2026-03-31T23:00Z', '2026-04-01T09:00Z', '2026-04-02T09:00Z', null, null, 4, 0, null, null),
      (${ada.organizationId}, 5, 'e', 'email', '2026-03-10T10:00Z', null, null, ${sla!.id}, '2026-03-10T11:20Z', 1, 0, ${into!.id}, null),
      (${ada.organizationId}, 6, 'f', 'email', '2026-03-10T10:00Z', null, null, ${sla!.id}, null, 1, 0, null, now())`;
  const ask = async (rest = '') => {
    const query = `startDate=2026-03-01&endDate=2026-03-31&timezone=UTC&groupBy=channel${rest}`;
    const { status, json } = await accounts.as(ada.token, 'GET', `/api/v1/tickets/analytics?${query}`);
    expect([status, json.error]).toEqual([200, undefined]);
    return json.data;
  };
  const { totals, rows } = await ask();
  expect(totals).toMatchObject({
    ticketsCreated: 4,
    ticketsResolved: 2,
    // 10, 30 and 5 minutes; the reply of April is April's.
    avgFirstResponseTime: 900,
    // Two hours and a day.
    avgResolutionTime: 46_800,
    slaBreaches: 1,
    slaBreachRate: 0.333333,
    csat: 0.666667,
    avgRating: expect.closeTo(11 / 3, 3),
    ratings: 3,
    reopenRate: 0.25,
  });
  const byChannel = Object.fromEntries(rows.map((row: { channel: string }) => [row.channel, row]));
  expect(byChannel).toMatchObject({
    email: { ticketsCreated: 2, ticketsResolved: 2, avgFirstResponseTime: 1_200, csat: 0.5, slaBreachRate: 0.5 },
    phone: {
      ticketsCreated: 2,
      ticketsResolved: 0,
      avgFirstResponseTime: 300,
      avgResolutionTime: null,
      reopenRate: 0.5,
    },
  });
  expect((await ask('&channel=phone')).totals).toMatchObject({ ticketsCreated: 2, ratings: 1 });
});
