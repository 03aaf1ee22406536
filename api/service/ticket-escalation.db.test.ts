import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSla, createTicket, updateTicket } from '../../services/service/index.ts';
import { SERVICE_REACTIONS } from '../../services/service/reactions.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { runAllReactions } from '../../test/reactions.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());
const at = (text: string) => new Date(`2026-01-${text}:00Z`);

it('a broken promise is told step by step to the people whom its policy names', async () => {
  const [bo, cy] = (
    await database.owner<{ id: string }[]>`
        insert into users (organization_id, email) values
          (${tenant.organizationId}, 'dee@example.com'), (${tenant.organizationId}, 'eve@example.com') returning id`
  ).map(({ id }) => id) as [string, string];
  const policy = {
    name: 'Chain',
    position: 1,
    filter: { field: 'tags', op: 'contains_any', value: ['chain'] },
    targets: { normal: { firstResponseMinutes: 60 } },
    escalations: [
      { afterMinutes: 30, userIds: [bo] },
      { afterMinutes: 120, userIds: [cy] },
    ],
  };
  await tenant.run((ctx) => createSla(ctx, policy), at('01T00:00'));
  const { id } = await tenant.run((ctx) => createTicket(ctx, { subject: 'Chain', tags: ['chain'] }), at('05T10:00'));
  const toldAt = async (time: string) => {
    await tenant.run((ctx) => updateTicket(ctx, { id, changes: { description: time } }), at(time));
    await runAllReactions(database, SERVICE_REACTIONS);
    const rows = await database.owner<{ person: string }[]>`
        select user_id as person from notifications where entity_id = ${id} and title like 'Still late%' order by created_at`;
    return rows.map(({ person }) => person);
  };
  expect([await toldAt('05T11:29'), await toldAt('05T11:30'), await toldAt('05T13:00')]).toEqual([[], [bo], [bo, cy]]);
});
