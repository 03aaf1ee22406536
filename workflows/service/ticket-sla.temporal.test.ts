import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createTicketActivities } from '../../activities/service/tickets.activities.ts';
import type { SlaTerms } from '../../domain/service/sla.rules.ts';
import { TICKET_PRIORITIES } from '../../domain/service/ticket.rules.ts';
import { createDispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import {
  assignTicket,
  createSla,
  createTicket,
  lockTicket,
  updateSla,
  updateTicket,
  writeReply,
} from '../../services/service/index.ts';
import { SERVICE_REACTIONS } from '../../services/service/reactions.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { runAllReactions } from '../../test/reactions.ts';
import { calendarsOf, changeOfClocksAfter, randomOf, randomStep } from '../../test/service/random-tickets.ts';
import {
  applyStep,
  newTicket,
  openMinutes,
  type SimulatedPolicy,
  simulate,
  type TicketStep,
} from '../../test/service/sla-simulator.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from '../../test/temporal/harness.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON, type TimeSkipping } from '../../test/temporal/time-skipping.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

/** All of it: `SLA_TICKETS=5000 npm test -- workflows/service`; the run of every day takes a part. */
const TICKETS = Number(process.env.SLA_TICKETS ?? 60);
const MINUTE = 60_000;

let database: TestDatabase;
let tenant: TestTenant;
const open: TestWorker[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterEach(async () => {
  for (const worker of open.splice(0)) await worker.stop();
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createTicketActivities({ db: database.app, clock: activityClock, faultPoint: noFaults });
  const worker = await startTestWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
  open.push(worker);
  return worker;
}
/** On a busy machine a call may have to be repeated: until nothing is left. */
function dispatcherOf(worker: TestWorker): { dispatch(): Promise<void> } {
  const dispatcher = createDispatcher({
    platformDb: database.platform,
    gateway: createProcessGateway(worker.client, PROCESSES),
    faultPoint: noFaults,
    onError: () => {},
  });
  const isLeft = async () =>
    (await database.owner`select from process_commands where status = 'pending' limit 1`).length > 0;
  return {
    async dispatch() {
      do await dispatcher.dispatch();
      while (await isLeft());
    },
  };
}
const workflowId = (id: string) => `ticketSla:${tenant.organizationId}:${id}:1`;
const told = (id: string) =>
  database.owner<{ key: string; due_at: Date }[]>`
    select metric || ':' || wait || ':' || kind || ':' || step as key, due_at from ticket_sla_events
    where ticket_id = ${id} order by due_at, key`;

const TERMS = { targets: { normal: { firstResponseMinutes: 60, resolutionMinutes: 240 } } };

describe('the clocks of a ticket', () => {
  it('tell once when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const start = new Date('2026-06-30T12:00:00Z');
    let minutes = 0;
    const worker = await startWorker({
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
      readNow: () => new Date(start.getTime() + minutes * MINUTE),
    });
    await tenant.run((ctx) => createSla(ctx, { name: 'Once', isDefault: true, ...TERMS }), start);
    const { id } = await tenant.run((ctx) => createTicket(ctx, { subject: 'Help' }), start);
    const dispatcher = dispatcherOf(worker);
    await dispatcher.dispatch();
    const handle = worker.client.workflow.getHandle(workflowId(id));
    const looks = () => tool.struck.get('ticketsAttend');
    // Its first look is over before the first signal: otherwise one look would serve both.
    await vi.waitFor(() => expect(looks()).toBe(1), { timeout: 20_000 });
    for (const [at, count] of [
      [50, 1],
      [70, 2],
      [250, 4],
    ] as const) {
      minutes = at;
      await handle.signal('ticketChanged');
      await vi.waitFor(async () => expect(await told(id)).toHaveLength(count), { timeout: 20_000 });
    }
    const later = new Date(start.getTime() + 260 * MINUTE);
    minutes = 261;
    await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'closed' } }), later);
    await dispatcher.dispatch();
    expect(await handle.result()).toEqual({ status: 'closed' });
    // At its beginning, for each of the three signals, and for the end; each of them was run twice.
    expect(looks()).toBe(5);
    expect((await told(id)).map(({ key, due_at }) => [key, (due_at.getTime() - start.getTime()) / MINUTE])).toEqual([
      ['first_response:0:warning:0', 48],
      ['first_response:0:breach:0', 60],
      ['resolution:0:warning:0', 192],
      ['resolution:0:breach:0', 240],
    ]);
    const events = await database.owner<{ type: string }[]>`
      select type from domain_events where entity_id = ${id} and type like 'ticket.sla%' order by occurred_at, id`;
    expect(events).toHaveLength(4);
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`the clocks of many tickets (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  it('warn and breach exactly when counting every minute says so, through random changes over a change of clocks', async () => {
    const other = await createTenant(database);
    tenant = other;
    const worker = await startWorker({ address: time.address, namespace: 'default', readNow: time.readNow });
    const dispatcher = dispatcherOf(worker);
    const random = randomOf(7);
    // Three days before the next change of Berlin's clocks, on a whole hour.
    const now = (await time.readNow()).getTime();
    const start = Math.ceil((changeOfClocksAfter(now) - 3 * 1440 * MINUTE) / 3_600_000) * 3_600_000;
    const MINUTES = 6 * 1440;
    const instant = (minute: number) => new Date(start + minute * MINUTE);
    await time.environment.sleep(start - (await time.readNow()).getTime());

    const calendars = calendarsOf(start);
    const open = calendars.map((calendar) => openMinutes(calendar, start, MINUTES + 1));
    const [team] = await database.owner<{ id: string }[]>`
      insert into teams (organization_id, name) values (${tenant.organizationId}, 'Second level') returning id`;
    const policies: { id: string; versions: { from: number; calendar: number; terms: SlaTerms }[] }[] = [];
    const termsOf = (): { terms: SlaTerms; calendar: number } => {
      const minutes = (most: number) => (1 + random(most)) * 5;
      const calendar = random(calendars.length);
      const targets = Object.fromEntries(
        TICKET_PRIORITIES.filter(() => random(6) > 0).map((name) => [
          name,
          { firstResponseMinutes: minutes(60), nextResponseMinutes: minutes(60), resolutionMinutes: minutes(300) },
        ]),
      );
      const some = Object.keys(targets).length > 0 ? targets : { normal: { resolutionMinutes: 60 } };
      const warnBeforeMinutes = random(3) === 0 ? minutes(12) : null;
      return {
        calendar,
        terms: { targets: some, calendar: calendars[calendar]!, warnAtPercent: 80, warnBeforeMinutes, escalations: [] },
      };
    };
    for (const [name, filter] of [
      ['Team', { field: 'teamId', op: 'eq', value: team!.id }],
      ['All', null],
    ] as const) {
      const first = termsOf();
      const { id } = await tenant.run(
        (ctx) => createSla(ctx, { name, ...first.terms, ...(filter ? { filter } : { isDefault: true }) }),
        instant(0),
      );
      policies.push({ id, versions: [{ from: 0, ...first }] });
    }

    // The plan: what happens to whom at which minute.
    const plan = new Map<number, (() => Promise<void>)[]>();
    const at = (minute: number, work: () => Promise<void>) => plan.set(minute, [...(plan.get(minute) ?? []), work]);
    for (const policy of policies) {
      for (let round = 0; round < 2; round++) {
        const minute = 1 + random(MINUTES - 1);
        const next = termsOf();
        policy.versions.push({ from: minute, ...next });
        policy.versions.sort((a, b) => a.from - b.from);
        at(minute, async () => {
          await tenant.run((ctx) => updateSla(ctx, { id: policy.id, changes: next.terms }), instant(minute));
          await runAllReactions(database, SERVICE_REACTIONS);
        });
      }
    }
    const ids = new Map<number, string>();
    const tickets = Array.from({ length: TICKETS }, (_, number) => {
      const created = random(MINUTES - 1_440);
      const priority = TICKET_PRIORITIES[random(4)]!;
      const steps = new Map<number, TicketStep[]>();
      const shadow = newTicket(priority);
      at(created, async () => {
        const { id } = await tenant.run(
          (ctx) => createTicket(ctx, { subject: `${number}`, priority }),
          instant(created),
        );
        ids.set(number, id);
      });
      let minute = created;
      for (let count = random(7); count > 0; count--) {
        minute += 1 + random(1_200);
        if (minute >= MINUTES) break;
        const step = randomStep(random, shadow.status, team!.id);
        applyStep(shadow, step);
        steps.set(minute, [step]);
        const when = instant(minute);
        at(minute, () => carryOut(ids.get(number)!, step, when));
      }
      return { number, created, priority, steps };
    });

    for (const minute of [...plan.keys()].sort((a, b) => a - b)) {
      const ahead = instant(minute).getTime() - (await time.readNow()).getTime();
      if (ahead > 0) await time.environment.sleep(ahead);
      for (const work of plan.get(minute)!) await work();
      await dispatcher.dispatch();
    }
    await time.environment.sleep(Math.max(instant(MINUTES).getTime() - (await time.readNow()).getTime(), 0) + 5_000);

    const policyAt = (minute: number, team: string | null): SimulatedPolicy => {
      const { versions } = policies[team === null ? 1 : 0]!;
      const { terms, calendar } = versions.findLast(({ from }) => from <= minute)!;
      return { terms, open: open[calendar]! };
    };
    let notices = 0;
    for (const { number, created, priority, steps } of tickets) {
      const expected = simulate({
        created,
        until: MINUTES,
        priority,
        steps,
        policyAt: (minute, ticket) => policyAt(minute, ticket.team),
      });
      const found = (await told(ids.get(number)!)).map(
        ({ key, due_at }) => `${key}@${(due_at.getTime() - start) / MINUTE}`,
      );
      expect(found.sort(), `ticket ${number}: ${JSON.stringify([...steps])}`).toEqual(expected);
      notices += expected.length;
    }
    expect(notices).toBeGreaterThan(TICKETS);
    // Told at their time, not when somebody happened to look.
    const [late] = await database.owner<{ seconds: number }[]>`
      select coalesce(max(abs(extract(epoch from e.occurred_at - (e.data ->> 'dueAt')::timestamptz))), 0)::float as seconds
      from domain_events e where e.organization_id = ${tenant.organizationId} and e.type like 'ticket.sla%'`;
    expect(late!.seconds).toBeLessThan(60);
  }, 3_600_000);

  async function carryOut(id: string, step: TicketStep, now: Date): Promise<void> {
    await tenant.run(async (ctx) => {
      if (step.kind === 'status') await updateTicket(ctx, { id, changes: { status: step.to } });
      else if (step.kind === 'priority') await updateTicket(ctx, { id, changes: { priority: step.to } });
      else if (step.kind === 'team') await assignTicket(ctx, { id, teamId: step.to });
      else {
        const author = step.kind === 'note' ? 'agent' : step.by;
        await writeReply(ctx, await lockTicket(ctx, id), {
          author: { kind: author },
          body: 'Words',
          isInternal: step.kind === 'note',
          channel: 'api',
        });
      }
    }, now);
  }
});
