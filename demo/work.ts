import type { Ctx } from '../services/core/context.ts';
import { completeTask, createTask, listTasks, logCall, scheduleMeeting, updateMeeting } from '../services/crm/index.ts';
import type { DemoDefinition } from './definition.ts';
import type { DemoProspect } from './prospects.ts';
import { Random } from './random.ts';

const STREAM = 430_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of 100 prospects so many were worked with by hand. */
const WORKED_PER_HUNDRED = 2;
const TASKS = ['call', 'email', 'follow_up', 'linkedin'] as const;
const CALLS = 2;

/**
 * What the members have done with some of the people in 90 days, and what stands in their calendars now: all in this
 * transaction, or, when it is there, nothing.
 */
export async function createWork(
  ctx: Ctx,
  definition: DemoDefinition,
  prospects: readonly DemoProspect[],
): Promise<void> {
  if ((await listTasks(ctx, { page: 1, limit: 1 })).total > 0) return;
  const count = Math.max(3, Math.round((prospects.length * WORKED_PER_HUNDRED) / 100));
  for (const [index, prospect] of prospects.slice(0, count).entries()) {
    await workWith(ctx, new Random(definition.seed, STREAM + index), index, prospect);
  }
}

async function workWith(ctx: Ctx, random: Random, index: number, { id: prospectId, row }: DemoProspect): Promise<void> {
  const ownerId = row.ownerId ?? null;
  const at = (days: number, hours = 0) => new Date(ctx.now.getTime() + days * DAY + hours * HOUR);
  // The past happened at its own time, and nobody is told of it now.
  const then = (now: Date): Ctx => ({ ...ctx, now, silent: true });
  for (let call = 0; call < CALLS; call++) {
    const occurredAt = at(-random.between(1, 88), -random.between(0, 8));
    const disposition = random.weighted({ answered: 5, voicemail: 2, no_answer: 2, busy: 1 });
    const talk = disposition === 'answered' ? random.between(40, 1_500) : 0;
    // Told: it becomes a touch.
    await logCall(
      { ...ctx, now: at(0) },
      { prospectId, userId: ownerId, occurredAt, disposition, durationSeconds: talk },
    );
  }
  const past = -random.between(3, 87);
  const type = TASKS[index % TASKS.length]!;
  const done = await createTask(then(at(past - 2)), { type, prospectId, assigneeId: ownerId, dueAt: at(past) });
  await completeTask(then(at(past, -3)), { id: done.id, outcome: random.chance(0.3) ? 'no answer' : 'reached' });
  // From yesterday, which is overdue, to some days ahead.
  if (index % 3 === 0) {
    await createTask(
      { ...ctx, silent: true },
      { type: 'follow_up', prospectId, assigneeId: ownerId, dueAt: at(-1, index + 2) },
    );
  }
  if (index % 2 === 0) await meet(ctx, random, index, { prospectId, ownerId });
}

async function meet(ctx: Ctx, random: Random, index: number, parties: { prospectId: string; ownerId: string | null }) {
  const startsAt = new Date(ctx.now.getTime() - random.between(2, 88) * DAY - random.between(0, 6) * HOUR);
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + HOUR) };
  const before: Ctx = { ...ctx, now: new Date(startsAt.getTime() - 5 * DAY), silent: true };
  const { id } = await scheduleMeeting(before, { ...parties, ...times });
  const after: Ctx = { ...ctx, now: new Date(startsAt.getTime() + 2 * HOUR) };
  if (index % 12 === 10) {
    await updateMeeting(
      { ...after, silent: true },
      { id, changes: { status: random.chance(0.5) ? 'cancelled' : 'no_show' } },
    );
  } else {
    await updateMeeting(after, { id, changes: { status: 'completed', outcome: 'wants an offer' } });
  }
  if (index % 6 === 0) {
    const begins = new Date(ctx.now.getTime() + (index / 3 + 1) * DAY);
    const next = { ...parties, startsAt: begins, endsAt: new Date(begins.getTime() + HOUR), title: 'Demo' };
    await scheduleMeeting({ ...ctx, silent: true }, next);
  }
}
