import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { defineEvent, emit } from './events.ts';
import { purgeQueues } from './purge-queues.ts';
import { positionEvents, reaction } from './relay.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const now = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const happened = defineEvent<{ name: string }>('test.happened', 'thing');

describe('what housekeeping clears of the queues', () => {
  it('is delivered commands after a week, and no pending or parked one', async () => {
    const { organizationId } = await createTenant(database);
    // Set by hand, because the trigger would make every change a change of today.
    await database.owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      for (const [status, days] of [
        ['done', 8],
        ['done', 6],
        ['pending', 30],
        ['parked', 30],
      ] as const) {
        await sql`
          insert into process_commands (organization_id, process, entity_id, kind, input, status, updated_at)
          values (${organizationId}, 'attribution', gen_random_uuid(), 'start', '{}', ${status}, ${daysAgo(days)})`;
      }
    });
    expect(await purgeQueues(database.platform, now)).toMatchObject({ commands: 1 });
    const rows = await database.owner`select status from process_commands order by updated_at`;
    expect(rows.map((row) => row.status).sort()).toEqual(['done', 'parked', 'pending']);
    expect(await purgeQueues(database.platform, now)).toMatchObject({ commands: 0 });
  });

  it('is events after 90 days with the marks of their reactions, but none that still waits for one', async () => {
    const tenant = await createTenant(database);
    const reactions = [reaction('see', happened, async () => {})];
    for (const [name, days] of [
      ['old', 91],
      ['waiting', 91],
      ['young', 89],
    ] as const) {
      await tenant.run((ctx) => emit(ctx, happened, { entityId: null, data: { name } }), daysAgo(days));
    }
    await positionEvents({ platformDb: database.platform, reactions });
    // One that the relay has not seen yet is not old, whatever its date.
    await tenant.run((ctx) => emit(ctx, happened, { entityId: null, data: { name: 'unseen' } }), daysAgo(91));
    await database.owner`
      update reaction_runs set status = 'done'
      where event_id in (select id from domain_events where data ->> 'name' in ('old', 'young'))`;
    expect(await purgeQueues(database.platform, now)).toMatchObject({ events: 1 });
    const left = await database.owner`
      select e.data ->> 'name' as name, r.status from domain_events e left join reaction_runs r on r.event_id = e.id
      where e.type = ${happened.type} order by 1`;
    expect([...left]).toEqual([
      { name: 'unseen', status: null },
      { name: 'waiting', status: 'pending' },
      { name: 'young', status: 'done' },
    ]);
  });
});
