import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { listProspectActivities } from '../activities/activities.ts';
import { createProspect } from '../prospects/create-prospect.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { CRM_REACTIONS } from '../reactions.ts';
import { deleteCall, logCall, readCall, updateCall } from './call-log.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const react = () => runAllReactions(database, CRM_REACTIONS);

describe('a call', () => {
  it('stands in the timeline and becomes one touch with agent and cost, corrected and voided with it', async () => {
    const tenant = await createTenant(database);
    const [user] = await database.owner`
      insert into users (organization_id, email, first_name)
      values (${tenant.organizationId}, ${`${tenant.organizationId}@x.example`}, 'Eva') returning id`;
    const { call, prospect } = await tenant.run(async (ctx) => {
      const made = await createProspect(ctx, { email: 'called@acme.example' });
      return {
        prospect: made,
        call: await logCall(ctx, {
          prospectId: made.id,
          userId: user!.id,
          disposition: 'answered',
          durationSeconds: 90,
          cost: '0.45',
          costCurrency: 'USD',
        }),
      };
    });
    expect(call.occurredAt.toISOString()).toBe('2026-06-30T11:58:30.000Z');
    await react();
    const touches = () => database.owner`
      select i.id, i.channel, i.cost_minor::integer as cost, i.voided_at is not null as voided, a.user_id,
             extract(epoch from i.ended_at - i.started_at)::integer as seconds
      from interactions i
      join interaction_participants p on p.organization_id = i.organization_id and p.interaction_id = i.id
        and p.interaction_version = i.version
      join agents a on a.organization_id = p.organization_id and a.id = p.agent_id
      where i.external_id = ${`b:call_logs:${call.id}`}`;
    const expected = { channel: 'call', user_id: user!.id, voided: false };
    expect(await touches()).toMatchObject([{ ...expected, cost: 45, seconds: 90 }]);
    const timeline = await tenant.run((ctx) =>
      listProspectActivities(ctx, { prospectId: prospect.id, page: 1, limit: 10 }),
    );
    expect(timeline.items).toMatchObject([{ type: 'call_made', userName: 'Eva', data: { disposition: 'answered' } }]);
    const after = await tenant.run((ctx) => readProspect(ctx, prospect.id));
    expect([after.customerId !== null, after.lastActivityAt?.toISOString()]).toEqual([
      true,
      '2026-06-30T11:58:30.000Z',
    ]);
    await tenant.run((ctx) =>
      updateCall(ctx, { id: call.id, changes: { durationSeconds: 60, cost: null, notes: 'x' } }),
    );
    await react();
    expect(await touches()).toMatchObject([{ ...expected, cost: null, seconds: 60 }]);
    expect((await tenant.run((ctx) => readCall(ctx, call.id))).interactionId).toBe((await touches())[0]!.id);
    await tenant.run((ctx) => deleteCall(ctx, { id: call.id }));
    await react();
    expect(await touches()).toMatchObject([{ voided: true }]);
    const emptied = await tenant.run((ctx) =>
      listProspectActivities(ctx, { prospectId: prospect.id, page: 1, limit: 10 }),
    );
    expect(emptied.total).toBe(0);
  });

  it.each([
    [{}, 'prospectId'],
    [{ occurredAt: new Date('2026-07-01T00:00:00Z') }, 'occurredAt'],
    [{ cost: '1' }, 'costCurrency'],
    [{ cost: '1.005', costCurrency: 'USD' }, 'cost'],
    [{ dealId: '018f0000-0000-7000-8000-000000000000' }, 'dealId'],
  ])('is refused with %j', async (fields, field) => {
    const tenant = await createTenant(database);
    const logged = tenant.run(async (ctx) => {
      const { id } = await createProspect(ctx, { firstName: 'Nobody' });
      return logCall(ctx, { ...(field === 'prospectId' ? {} : { prospectId: id }), ...fields });
    });
    await expect(logged).rejects.toMatchObject({ kind: 'validation', extras: { issues: [{ field }] } });
  });
});
