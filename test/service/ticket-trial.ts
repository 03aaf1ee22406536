import { activityClock } from '../../activities/core/clock.ts';
import { createTicketActivities } from '../../activities/service/tickets.activities.ts';
import type { SlaTerms } from '../../domain/service/sla.rules.ts';
import { TICKET_PRIORITIES } from '../../domain/service/ticket.rules.ts';
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
import { MAIN_QUEUE } from '../../workflows/queues.contract.ts';
import { createTenant, type TestDatabase, type TestTenant } from '../database.ts';
import { runAllReactions } from '../reactions.ts';

import { dispatcherOf } from '../temporal/dispatcher.ts';
import type { TimeSkipping } from '../temporal/time-skipping.ts';
import { openTestWorker } from '../temporal/worker.ts';
import { calendarsOf, changeOfClocksAfter, randomOf, randomStep } from './random-tickets.ts';
import { applyStep, newTicket, openMinutes, type SimulatedPolicy, simulate, type TicketStep } from './sla-simulator.ts';

const MINUTE = 60_000;
/** Three days before a change of Berlin's clocks, and three days after it. */
const MINUTES = 6 * 1440;
/** Minutes at which anything is done to any ticket; what follows from it falls on all the others, too. */
const MOMENTS = 400;
/** Units of work side by side; the database of a trial has ten connections. */
const AT_ONCE = 8;
/**
 * How long after its minute a change is carried out. What is due in the same minute has been told by then, as the
 * simulator has it; and the server never gets a timer that fires during the task that cancels it, which leaves that
 * task open and its clock standing for ever (temporalio/sdk-java #2606, #3088).
 */
const AFTER_THE_MINUTE = 20_000;
/**
 * Seconds between what is due and its being told. Time flows while changes are carried out, on a busy machine for a
 * minute; a look that no timer asked for comes with the next change of the same ticket, hours later.
 */
const AT_ITS_TIME = 300;
/** Real time for one jump; with nothing left to do it takes milliseconds. */
const LONGEST_JUMP = 180_000;

/** What became of the notices of all tickets, against every minute counted one by one; all but the first two must be 0. */
export interface TicketTrial {
  readonly tickets: number;
  readonly notices: number;
  readonly missing: number;
  readonly doubled: number;
  readonly early: number;
  readonly late: number;
  readonly unexpected: number;
  /** Told when somebody happened to look, rather than when they were due. */
  readonly notAtTheirTime: number;
  /** The first ticket that is not as it should be, with what happened to it. */
  readonly example: string | undefined;
}

interface Plan {
  readonly policies: { id: string; versions: { from: number; calendar: number; terms: SlaTerms }[] }[];
  /** Comes first in its minute. */
  readonly policyWork: Work;
  /** Of different tickets in each minute. */
  readonly work: Work;
  readonly tickets: { number: number; created: number; priority: SlaPriority; steps: Map<number, TicketStep[]> }[];
  readonly ids: Map<number, string>;
  policyAt(minute: number, team: string | null): SimulatedPolicy;
}
type Work = Map<number, (() => Promise<void>)[]>;
type SlaPriority = (typeof TICKET_PRIORITIES)[number];

interface Arranged {
  readonly database: TestDatabase;
  readonly tenant: TestTenant;
  readonly random: (below: number) => number;
  readonly count: number;
  instant(minute: number): Date;
}

/** Tickets through random changes of status, priority, assignment, policy and calendar, under a server that skips time. */
export async function tryTickets(
  database: TestDatabase,
  time: TimeSkipping,
  { tickets: count, seed }: { readonly tickets: number; readonly seed: number },
): Promise<TicketTrial> {
  const tenant = await createTenant(database);
  const activities = createTicketActivities({ db: database.app, clock: activityClock, faultPoint: noFaults });
  const { address, readNow } = time;
  const worker = await openTestWorker({ taskQueue: MAIN_QUEUE, activities, address, namespace: 'default', readNow });
  try {
    const now = (await readNow()).getTime();
    const start = Math.ceil((changeOfClocksAfter(now) - 3 * 1440 * MINUTE) / 3_600_000) * 3_600_000;
    const instant = (minute: number) => new Date(start + minute * MINUTE);
    await jump(time, start - now);
    const plan = await planTickets({ database, tenant, random: randomOf(seed), count, instant });
    const dispatcher = dispatcherOf(database, worker);
    const wait = async (until: number) => {
      const ahead = until - (await readNow()).getTime();
      if (ahead > 0) await jump(time, ahead);
    };
    for (const minute of new Set([...plan.policyWork.keys(), ...plan.work.keys()].sort((a, b) => a - b))) {
      await wait(instant(minute).getTime() + AFTER_THE_MINUTE);
      for (const one of plan.policyWork.get(minute) ?? []) await one();
      await sideBySide(plan.work.get(minute) ?? []);
      await dispatcher.dispatch();
    }
    await wait(instant(MINUTES).getTime() + 5_000);
    return await judge(database, tenant, plan, start);
  } finally {
    await worker.stop();
  }
}

async function jump({ environment }: TimeSkipping, ahead: number): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const tooLong = () =>
    reject(new Error(`A jump of ${ahead} ms went on for more than ${LONGEST_JUMP} ms of real time`));
  const timer = setTimeout(tooLong, LONGEST_JUMP);
  await Promise.race([environment.sleep(ahead), promise]).finally(() => clearTimeout(timer));
}

async function sideBySide(work: readonly (() => Promise<void>)[]): Promise<void> {
  const left = work.values();
  const lane = async () => {
    for (const one of left) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function planTickets(arranged: Arranged): Promise<Plan> {
  const { database, tenant, random, count, instant } = arranged;
  const start = instant(0).getTime();
  const open = calendarsOf(start).map((calendar) => openMinutes(calendar, start, MINUTES + 1));
  const [work, policyWork]: Work[] = [new Map(), new Map()];
  const into = (to: Work) => (minute: number, one: () => Promise<void>) =>
    void to.set(minute, [...(to.get(minute) ?? []), one]);
  const at = into(work!);
  const moments = [...new Set(Array.from({ length: MOMENTS }, () => random(MINUTES)))].sort((a, b) => a - b);
  const momentAfter = (minute: number) => moments.find((one) => one > minute) ?? MINUTES;
  const [team] = await database.owner<{ id: string }[]>`
    insert into teams (organization_id, name) values (${tenant.organizationId}, 'Second level') returning id`;
  const policies = await planPolicies(arranged, team!.id, into(policyWork!));
  const ids: Plan['ids'] = new Map();
  const tickets = Array.from({ length: count }, (_, number) => {
    const created = momentAfter(random(MINUTES - 1_440));
    const priority = TICKET_PRIORITIES[random(4)]!;
    const steps = new Map<number, TicketStep[]>();
    const shadow = newTicket(priority);
    at(created, async () => {
      const ticket = { subject: `${number}`, priority };
      ids.set(number, (await tenant.run((ctx) => createTicket(ctx, ticket), instant(created))).id);
    });
    let minute = created;
    for (let left = random(7); left > 0; left--) {
      minute = momentAfter(minute + random(1_200));
      if (minute >= MINUTES) break;
      const step = randomStep(random, shadow.status, team!.id);
      applyStep(shadow, step);
      steps.set(minute, [step]);
      const when = instant(minute);
      at(minute, () => carryOut(tenant, ids.get(number)!, step, when));
    }
    return { number, created, priority, steps };
  });
  return {
    policies,
    policyWork: policyWork!,
    work: work!,
    tickets,
    ids,
    policyAt(minute, of) {
      const { versions } = policies[of === null ? 1 : 0]!;
      const { terms, calendar } = versions.findLast(({ from }) => from <= minute)!;
      return { terms, open: open[calendar]! };
    },
  };
}

/** One for a team and one for all, each changed twice on the way. */
async function planPolicies(
  { database, tenant, random, instant }: Arranged,
  teamId: string,
  at: (minute: number, one: () => Promise<void>) => void,
): Promise<Plan['policies']> {
  const calendars = calendarsOf(instant(0).getTime());
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
  const policies: Plan['policies'] = [];
  for (const [name, filter] of [
    ['Team', { field: 'teamId', op: 'eq', value: teamId }],
    ['All', null],
  ] as const) {
    const first = termsOf();
    const { id } = await tenant.run(
      (ctx) => createSla(ctx, { name, ...first.terms, ...(filter ? { filter } : { isDefault: true }) }),
      instant(0),
    );
    const policy = { id, versions: [{ from: 0, ...first }] };
    for (let round = 0; round < 2; round++) {
      const minute = 1 + random(MINUTES - 1);
      const next = termsOf();
      policy.versions.push({ from: minute, ...next });
      at(minute, async () => {
        await tenant.run((ctx) => updateSla(ctx, { id, changes: next.terms }), instant(minute));
        await runAllReactions(database, SERVICE_REACTIONS);
      });
    }
    policy.versions.sort((a, b) => a.from - b.from);
    policies.push(policy);
  }
  return policies;
}

async function carryOut(tenant: TestTenant, id: string, step: TicketStep, now: Date): Promise<void> {
  await tenant.run(async (ctx) => {
    if (step.kind === 'status') await updateTicket(ctx, { id, changes: { status: step.to } });
    else if (step.kind === 'priority') await updateTicket(ctx, { id, changes: { priority: step.to } });
    else if (step.kind === 'team') await assignTicket(ctx, { id, teamId: step.to });
    else {
      const author = { kind: step.kind === 'note' ? ('agent' as const) : step.by };
      const said = { author, body: 'Words', isInternal: step.kind === 'note', channel: 'api' };
      await writeReply(ctx, await lockTicket(ctx, id), said);
    }
  }, now);
}

async function judge(database: TestDatabase, tenant: TestTenant, plan: Plan, start: number): Promise<TicketTrial> {
  const rows = await database.owner<{ id: string; key: string; at: Date }[]>`
    select ticket_id as id, metric || ':' || wait || ':' || kind || ':' || step as key, due_at as at
    from ticket_sla_events where organization_id = ${tenant.organizationId}`;
  const told = Map.groupBy(rows, ({ id }) => id);
  const [events] = await database.owner<[{ count: number; off: number }]>`
    select count(*)::int as count,
           count(*) filter (where abs(extract(epoch from occurred_at - (data ->> 'dueAt')::timestamptz)) >= ${AT_ITS_TIME})::int as off
    from domain_events where organization_id = ${tenant.organizationId} and type like 'ticket.sla%'`;
  let example: string | undefined;
  const sum = { missing: 0, doubled: 0, early: 0, late: 0, unexpected: 0, notices: 0 };
  for (const { number, created, priority, steps } of plan.tickets) {
    const policyAt = (minute: number, ticket: { team: string | null }) => plan.policyAt(minute, ticket.team);
    const expected = new Map(
      simulate({ created, until: MINUTES, priority, steps, policyAt }).map((line) => {
        const [key, minute] = line.split('@') as [string, string];
        return [key, Number(minute)] as const;
      }),
    );
    const found = told.get(plan.ids.get(number)!) ?? [];
    const before = Object.values(sum).reduce((a, b) => a + b) - sum.notices;
    sum.missing += [...expected.keys()].filter((key) => !found.some((one) => one.key === key)).length;
    for (const { key, at } of found) {
      const minute = (at.getTime() - start) / MINUTE;
      const due = expected.get(key);
      if (due === undefined) sum.unexpected += 1;
      else if (minute < due) sum.early += 1;
      else if (minute > due) sum.late += 1;
    }
    sum.notices += expected.size;
    const after = Object.values(sum).reduce((a, b) => a + b) - sum.notices;
    if (after > before) example ??= JSON.stringify({ number, created, priority, steps: [...steps], found });
  }
  // Each notice has one row and one event, which is what people and webhooks are told by.
  sum.doubled += Math.max(0, events.count - rows.length);
  sum.missing += Math.max(0, rows.length - events.count);
  return { tickets: plan.tickets.length, ...sum, notAtTheirTime: events.off, example };
}
