import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../../test/analytics/arrange.ts';
import { createBdrWorld } from '../../../test/bdr.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { testMailing, testOutreach } from '../../../test/http/harness.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { approveMessage, listApprovals } from '../../agent/bdr/index.ts';
import { AGENT_REACTIONS } from '../../agent/reactions.ts';
import { emit } from '../../core/events.ts';
import { noFaults } from '../../core/fault-points.ts';
import { completeTask, createProspect } from '../../crm/index.ts';
import { ingestConversion } from '../../data/index.ts';
import { attendEnrollment, createCadence, createStepMessenger, enroll } from '../../outreach/cadences/index.ts';
import { emailBounced } from '../../outreach/events.ts';
import { checkDomain, createSender, createTemplate, settleEmail } from '../../outreach/index.ts';
import { OUTREACH_REACTIONS } from '../../outreach/reactions.ts';
import { createOutboxTransport, createSendDispatcher } from '../../platform/sends/index.ts';
import { listResults } from '../attribution/list-results.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { makeReport, type ReportInput } from './report.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const START = new Date('2026-06-30T12:00:00Z');
const at = (hours: number) => new Date(START.getTime() + hours * 3_600_000);

describe('the loop from a message to attributed revenue', () => {
  it('ends at the cadence, step, template, variant and sender, and at the agent, its prompt and what its models cost', async () => {
    const tenant = await createTenant(database);
    const deliver = async (now: Date) => {
      const dispatcher = createSendDispatcher({
        appDb: database.app,
        platformDb: database.platform,
        secrets: testMailing.secrets,
        transport: createOutboxTransport({ db: database.app, secrets: testMailing.secrets }),
        guards: [],
        observers: [settleEmail],
        clock: { now: () => now },
        faultPoint: noFaults,
        onError: (error) => {
          throw error;
        },
      });
      while ((await dispatcher.dispatch()) > 0);
      await runAllReactions(database, [...OUTREACH_REACTIONS, ...AGENT_REACTIONS], now);
    };

    // A person in a cadence: an e-mail of a template in one of two words, and a message on LinkedIn.
    const run = <T>(work: Parameters<typeof tenant.run<T>>[0], now = START) => tenant.run(work, now);
    const checked = await checkDomain(testOutreach, 'acme.example');
    const sender = await run((ctx) =>
      createSender(ctx, {
        name: 'Ada',
        email: 'ada@acme.example',
        postalAddress: '1 Main Street',
        tools: testOutreach,
        checked,
      }),
    );
    const template = await run((ctx) => createTemplate(ctx, { name: 'Intro', subject: 'Hi', html: '<p>Hi</p>' }));
    const cadence = await run((ctx) =>
      createCadence(ctx, {
        name: 'Spring',
        isActive: true,
        steps: [
          { type: 'email', templateId: template.id, variants: ['short', 'long'].map((name) => ({ name, weight: 1 })) },
          { type: 'linkedin' },
        ],
      }),
    );
    const person = await run((ctx) =>
      createProspect(ctx, { email: 'ann@globex.example', linkedinUrl: 'https://linkedin.com/in/ann', timeZone: 'UTC' }),
    );
    const { enrolled } = await run((ctx) => enroll(ctx, { id: cadence.id, prospectIds: [person.id] }));
    const attend = (now: Date) =>
      run((ctx) => attendEnrollment(ctx, createStepMessenger(testOutreach), enrolled[0]!.id), now);
    await attend(START);
    await deliver(START);
    await attend(at(1));
    const [task] = await database.owner`select id from tasks where prospect_id = ${person.id}`;
    await run((ctx) => completeTask(ctx, { id: task!.id }), at(2));
    await deliver(at(2));

    // And one whom the agent writes to, with models that cost a third of a cent.
    const world = await createBdrWorld(database, tenant);
    const { email, execution } = await world.start();
    await world.advance(execution, at(3));
    await database.owner`update ai_calls set cost_micros = 3300 where organization_id = ${tenant.organizationId}`;
    const [draft] = (await run((ctx) => listApprovals(ctx, { page: 1, limit: 5 }), at(4))).items;
    await run((ctx) => approveMessage(ctx, { id: draft!.id }), at(4));
    await world.advance(execution, at(4));
    await deliver(at(4));

    for (const [who, amount] of [
      ['ann@globex.example', '90.00'],
      [email, '10.00'],
    ] as const) {
      await run((ctx) =>
        ingestConversion(ctx, {
          externalEventId: who,
          eventType: 'purchase',
          customerIdentifiers: [{ type: 'email', value: who }],
          amountDecimal: amount,
          currency: 'USD',
          occurredAt: at(6),
          eventSource: 'shop',
        }),
      );
    }
    const { runId } = await publish(tenant, ['LINEAR'], { timeWindowHours: 72 });
    const [agent] = await database.owner`
      select id, agent_name from bdr_agent_configs where organization_id = ${tenant.organizationId}`;
    const [message] = await database.owner`
      select strategy, prompt_version from bdr_approval_queue where organization_id = ${tenant.organizationId}`;
    const [step, linkedin] = cadence.steps;
    const [{ variant }] = await database.owner<[{ variant: string }]>`
      select variant from cadence_step_executions where step_id = ${step!.id}`;

    const asked = { runId, startDate: '2026-06-30', endDate: '2026-06-30', timezone: 'UTC' };
    const by = async (dimension: Parameters<typeof makeReport>[2]['dimensions'][number], input: ReportInput = {}) => {
      const metrics = ['attributed_revenue', 'model_cost', 'total_interactions'];
      const shape = { metrics, dimensions: [dimension], granularity: null, lenient: false };
      const { rows } = await run((ctx) => makeReport(ctx, { ...asked, ...input }, shape));
      return rows.map(({ keys, labels, figures }) => [
        keys[dimension],
        labels[dimension]?.name,
        ...metrics.map((code) => figures[code]),
      ]);
    };
    expect(await by('cadence')).toEqual([[cadence.id, 'Spring', 90, 0, 2]]);
    expect(await by('step')).toEqual(
      [
        [step!.id, 'Spring, step 1 (email)', 45, 0, 1],
        [linkedin!.id, 'Spring, step 2 (linkedin)', 45, 0, 1],
      ].sort(([a], [b]) => (a! < b! ? -1 : 1)),
    );
    expect(await by('template')).toEqual([[template.id, 'Intro', 45, 0, 1]]);
    expect(await by('sender')).toEqual([[sender.id, 'Ada <ada@acme.example>', 55, 0, 2]]);
    expect(await by('variant')).toEqual([
      [variant, undefined, 45, 0, 1],
      [message!.strategy, undefined, 10, 0, 1],
    ]);
    expect(await by('variant', { cadenceId: [cadence.id] })).toEqual([[variant, undefined, 45, 0, 1]]);
    expect(await by('bdr_agent')).toEqual([[agent!.id, agent!.agent_name, 10, 0, 1]]);
    expect(await by('prompt_version')).toEqual([[message!.prompt_version, undefined, 10, 0, 1]]);
    // A third of a cent is shown as nothing, and counted as what it is.
    await database.owner`update touch_model_costs set micros = micros * 2 where organization_id = ${tenant.organizationId}`;
    expect(await by('bdr_agent')).toEqual([[agent!.id, agent!.agent_name, 10, 0.01, 1]]);

    const list = await run((ctx) =>
      listResults(ctx, { runId, page: 1, limit: 50, work: { cadenceId: cadence.id, stepId: step!.id } }),
    );
    expect(list.items.map(({ attributedAmount, work }) => [attributedAmount, work.templateId, work.variant])).toEqual([
      ['45.00', template.id, variant],
    ]);
    const side = await run((ctx) => compareRuns(ctx, { runIds: [runId], dimension: 'cadence', limit: 10 }));
    expect(side.rows.map(({ key, label, values }) => [key, label, values[0]!.revenue])).toEqual([
      [cadence.id, 'Spring', '90.00'],
      [null, null, '10.00'],
    ]);

    // A message that will never arrive is a bounce of the agent's day, once.
    const [mail] = await database.owner`
      select m.id from emails m join bdr_approval_queue a on a.send_id = m.send_id where a.id = ${draft!.id}`;
    await run((ctx) => emit(ctx, emailBounced, { entityId: mail!.id, data: { id: mail!.id, kind: 'hard' } }), at(7));
    await runAllReactions(database, AGENT_REACTIONS, at(7));
    expect(
      await database.owner`select sum(bounces)::integer as bounces from bdr_performance_metrics
        where organization_id = ${tenant.organizationId}`,
    ).toEqual([{ bounces: 1 }]);
  }, 60_000);
});
