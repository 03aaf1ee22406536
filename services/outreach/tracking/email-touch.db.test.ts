import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { emit } from '../../core/events.ts';
import { noFaults } from '../../core/fault-points.ts';
import { createProspect } from '../../crm/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../../platform/sends/index.ts';
import { emailClicked } from '../events.ts';
import { planEmail, settleEmail } from '../index.ts';
import { OUTREACH_REACTIONS } from '../reactions.ts';
import { recordVisit } from './record-visit.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database, 'Acme');
});
afterAll(() => database?.drop());

const now = new Date('2026-06-30T12:00:00Z');
const CADENCE = '0198c0de-0000-7000-8000-0000000000aa';
const touches = () => database.owner`
  select i.external_id, i.channel, i.direction, t.outreach ->> 'cadenceId' as cadence, t.outreach ->> 'variant' as variant,
         m.micros::integer as cost
  from interactions i left join touch_sources t on t.organization_id = i.organization_id and t.id = i.touch_source_id
  left join touch_model_costs m on m.organization_id = i.organization_id and m.interaction_id = i.id
  where i.organization_id = ${tenant.organizationId} and i.voided_at is null order by i.external_id`;

describe('an e-mail that was taken', () => {
  it('and a click of a person are touches, credited to the cadence and the variant, and a scanner leaves none', async () => {
    const { id: prospectId } = await tenant.run((ctx) => createProspect(ctx, { email: 'john@company.example' }), now);
    const { id } = await tenant.run(
      (ctx) =>
        planEmail(ctx, testOutreach, {
          to: [{ email: 'john@company.example', name: null }],
          subject: 'Hello',
          html: '<p>Hi</p>',
          touch: { cadenceId: CADENCE, variant: 'B', modelCostMicros: 26_000 },
        }),
      now,
    );
    const { secrets } = testOutreach.mailing;
    await createSendDispatcher({
      appDb: database.app,
      platformDb: database.platform,
      secrets,
      transport: createOutboxTransport({ db: database.app, secrets }),
      guards: [],
      observers: [settleEmail],
      clock: { now: () => now },
      faultPoint: noFaults,
      onError: (error) => {
        throw error;
      },
    }).dispatch();
    const visit = (link: number, userAgent: string, seconds = 60 * (link + 1)) =>
      tenant.run(
        (ctx) =>
          recordVisit(ctx, { emailId: id, kind: 'click', link, url: 'https://a.example', ipAddress: null, userAgent }),
        new Date(now.getTime() + 1_000 * seconds),
      );
    await visit(0, 'Mozilla/5.0 (X11; Linux) Chrome/140');
    await visit(1, 'curl/8.5');
    // Told all the same: the look at the row decides.
    await tenant.run((ctx) => emit(ctx, emailClicked, { entityId: id, data: { id, link: 1 } }), now);
    await runAllReactions(database, OUTREACH_REACTIONS);
    await runAllReactions(database, OUTREACH_REACTIONS);
    const credited = { channel: 'email', cadence: CADENCE, variant: 'B' };
    const sent = { ...credited, external_id: `b:emails:${id}`, direction: 'outbound', cost: 26_000 };
    const [click] = await database.owner`select id from email_tracking_events where email_id = ${id} and link = 0`;
    expect(await touches()).toEqual([
      { ...credited, external_id: `b:email_tracking_events:${click!.id}`, direction: 'inbound', cost: null },
      sent,
    ]);
    const lines =
      await database.owner`select type from activities where prospect_id = ${prospectId} and source_type = 'email'`;
    expect(lines).toEqual([{ type: 'email_sent' }]);
    const signals = () => database.owner`select type from intent_signals where prospect_id = ${prospectId}`;
    expect(await signals()).toEqual([{ type: 'email_engagement' }]);
    // Another link a second later: it was a scanner all along.
    await visit(2, 'Mozilla/5.0 (X11; Linux) Chrome/140', 61);
    await runAllReactions(database, OUTREACH_REACTIONS);
    expect(await touches()).toEqual([sent]);
    expect(await signals()).toEqual([]);
    // A person follows links later, and the provider tells of it from the end.
    const begun = () => database.owner`
      select i.started_at, i.direction from interactions i
      where i.organization_id = ${tenant.organizationId} and i.voided_at is null and i.direction = 'inbound'
      union all select occurred_at, 'signal' from intent_signals where prospect_id = ${prospectId} order by 1, 2`;
    const chrome = 'Mozilla/5.0 (X11; Linux) Chrome/140';
    const at = (minutes: number) => new Date(now.getTime() + 60_000 * minutes);
    for (const [minutes, link] of [
      [50, 0],
      [40, 0],
      [45, 1],
      [30, 0],
      [35, 1],
    ] as const) {
      await visit(link, chrome, 60 * minutes);
      if (minutes !== 45) await runAllReactions(database, OUTREACH_REACTIONS);
    }
    const first = [30, 35].flatMap((minutes) => [
      { started_at: at(minutes), direction: 'inbound' },
      { started_at: at(minutes), direction: 'signal' },
    ]);
    expect(await begun()).toEqual(first);
    // What was first was a scanner's: what a person did later counts again.
    await visit(2, chrome, 60 * 30 + 1);
    await runAllReactions(database, OUTREACH_REACTIONS);
    const second = [35, 40].flatMap((minutes) => [
      { started_at: at(minutes), direction: 'inbound' },
      { started_at: at(minutes), direction: 'signal' },
    ]);
    expect(await begun()).toEqual(second);
  });
});
