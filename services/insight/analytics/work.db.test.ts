import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../../test/analytics/arrange.ts';
import { createBdrWorld } from '../../../test/bdr.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { testMailing, testOutreach } from '../../../test/http/harness.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { approveMessage, listApprovals } from '../../agent/bdr/index.ts';
import { reportAgents } from '../../agent/bdr/team-metrics.ts';
import { AGENT_REACTIONS } from '../../agent/reactions.ts';
import { emit } from '../../core/events.ts';
import { noFaults } from '../../core/fault-points.ts';
import { completeTask, createDeal, createProspect, moveDealStage } from '../../crm/index.ts';
import { ingestConversion } from '../../data/index.ts';
import { reportActivity, reportEmails, reportPipeline } from '../../outreach/analytics/index.ts';
import { attendEnrollment, createCadence, createStepMessenger, enroll } from '../../outreach/cadences/index.ts';
import { emailBounced } from '../../outreach/events.ts';
import { checkDomain, createSender, createTemplate, settleEmail } from '../../outreach/index.ts';
import { OUTREACH_REACTIONS } from '../../outreach/reactions.ts';
import { createOutboxTransport, createSendDispatcher } from '../../platform/sends/index.ts';
import { listResults } from '../attribution/list-results.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { renderRunReport } from '../report/render-run-report.ts';
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

    const page = (await run((ctx) => renderRunReport(ctx, { runId }))).text;
    for (const word of [
      'Cadences',
      'Spring',
      'Templates',
      'Senders',
      'Ada &lt;ada@acme.example&gt;',
      'Sales agents',
      'Grace',
    ]) {
      expect(page).toContain(word);
    }

    // A message that will never arrive is a bounce of the agent's day, once.
    const [mail] = await database.owner`
      select m.id from emails m join bdr_approval_queue a on a.send_id = m.send_id where a.id = ${draft!.id}`;
    await run((ctx) => emit(ctx, emailBounced, { entityId: mail!.id, data: { id: mail!.id, kind: 'hard' } }), at(7));
    await runAllReactions(database, AGENT_REACTIONS, at(7));

    // The registry's figures of outreach and of the agent are those of their own screens.
    const range = { startDate: '2026-06-30', endDate: '2026-06-30' };
    const figures = async (metrics: string[], dimensions: Parameters<typeof makeReport>[2]['dimensions'] = []) => {
      const made = await run((ctx) =>
        makeReport(ctx, { ...asked, limit: 50 }, { metrics, dimensions, granularity: null, lenient: false }),
      );
      return { totals: made.totals.figures, rows: made.rows.map(({ keys, figures: of }) => ({ ...keys, ...of })) };
    };
    const emails = await run((ctx) => reportEmails(ctx, range), at(8));
    expect(emails).toMatchObject({ sent: 2, delivered: 2 });
    const { sent, delivered, replied, openRate } = emails;
    expect((await figures(['emails_sent', 'emails_delivered', 'emails_replied', 'open_rate'])).totals).toEqual({
      emails_sent: sent,
      emails_delivered: delivered,
      emails_replied: replied,
      open_rate: openRate,
    });
    expect((await figures(['emails_sent'], ['template'])).rows).toEqual([{ template: template.id, emails_sent: 1 }]);
    expect((await figures(['emails_sent'], ['bdr_agent'])).rows).toEqual([{ bdr_agent: agent!.id, emails_sent: 1 }]);
    const activity = await run((ctx) => reportActivity(ctx, range), at(8));
    expect(activity.totals).toMatchObject({ emailsSent: 2, linkedinMessages: 1, tasksCompleted: 1 });
    expect((await figures(['emails_written', 'linkedin_messages', 'tasks_completed', 'calls_made'])).totals).toEqual({
      emails_written: 2,
      linkedin_messages: 1,
      tasks_completed: 1,
      calls_made: 0,
    });
    expect((await figures(['cadence_enrolled', 'cadence_reply_rate'], ['cadence'])).rows).toEqual([
      { cadence: cadence.id, cadence_enrolled: 1, cadence_reply_rate: 0 },
    ]);
    const { totals } = await run((ctx) => reportAgents(ctx, range), at(8));
    expect(totals).toMatchObject({ leadsContacted: 1, messagesSent: 1, responseRate: 0 });
    const agents = await figures(
      ['bdr_prospects_contacted', 'bdr_messages_sent', 'bdr_bounces', 'bdr_response_rate', 'bdr_acceptance_rate'],
      ['bdr_agent'],
    );
    expect(agents.rows).toEqual([
      {
        bdr_agent: agent!.id,
        bdr_prospects_contacted: 1,
        bdr_messages_sent: 1,
        bdr_bounces: 1,
        bdr_response_rate: 0,
        bdr_acceptance_rate: null,
      },
    ]);
  }, 60_000);

  it('counts deals as the screen of the pipeline does, in any currency', async () => {
    const tenant = await createTenant(database);
    await tenant.run(async (ctx) => {
      for (const [name, amount, currency, stage] of [
        ['A', '1000.50', 'USD', 'closed_won'],
        ['B', '500', 'USD', 'closed_won'],
        ['C', '70', 'USD', 'closed_lost'],
        ['D', '12000', 'JPY', 'closed_won'],
      ] as const) {
        const { id } = await createDeal(ctx, { name, amount, currency });
        await moveDealStage(ctx, { id, stage });
      }
    }, START);
    const range = { startDate: '2026-06-30', endDate: '2026-06-30' };
    const screen = await tenant.run((ctx) => reportPipeline(ctx, range), at(1));
    const metrics = ['deals_won', 'deals_lost', 'win_rate', 'won_amount', 'avg_won_deal'];
    const made = await tenant.run((ctx) =>
      makeReport(ctx, { ...range, timezone: 'UTC' }, { metrics, dimensions: [], granularity: null, lenient: false }),
    );
    expect(made.totals.figures).toMatchObject({
      deals_won: screen.won,
      deals_lost: screen.lost,
      win_rate: screen.winRate,
    });
    expect(screen).toMatchObject({ won: 3, lost: 1, winRate: 0.75 });
    expect(
      made.totals.byCurrency.map(({ currency, figures }) => [currency, figures.won_amount, figures.avg_won_deal]),
    ).toEqual([
      ['JPY', 12_000, 12_000],
      ['USD', 1500.5, 750.25],
    ]);
  });
});
