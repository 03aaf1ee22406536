import type { Databases } from '../schema/db.ts';
import type { Ctx, Scope } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import {
  attendEnrollment,
  createCadence,
  createStepMessenger,
  enroll,
  listCadences,
} from '../services/outreach/cadences/index.ts';
import { refusedContacts } from '../services/outreach/governance/index.ts';
import { createTemplate, listEmails, type OutreachTools } from '../services/outreach/index.ts';
import { dispatchAt, visitMail } from './messages.ts';
import type { DemoProspect } from './prospects.ts';
import { inLanes } from './together.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NAME = 'First order';
/** So many are enrolled. */
export const PEOPLE = 12;
/** Looks that are taken side by side, as workers do. */
const LANES = 2;
const BEGAN_DAYS_AGO = 19;
const VISITED_MINUTES_LATER = 420;
const OFFICE = { enabled: true, start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] } as const;

/** A working day, less than three weeks before the anchor, in the afternoon of Europe and the morning of America. */
export function beginOf(anchor: Date): Date {
  const begin = new Date(anchor.getTime() - BEGAN_DAYS_AGO * DAY_MS);
  begin.setUTCHours(14, 0, 0, 0);
  while (begin.getUTCDay() % 6 === 0) begin.setTime(begin.getTime() - DAY_MS);
  return begin;
}

const plus = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

export interface LivedCadence {
  readonly anchor: Date;
  /** The first of these are enrolled whom no rule of contact keeps out. */
  readonly prospects: readonly DemoProspect[];
}

/**
 * A cadence that people were in before they ordered, led through to its end by the looks that its processes would have
 * taken, at their times; or, when it is there, nothing. Whatever looks again finds it completed. Its messages stay in the
 * outbox.
 */
export async function buildLivedCadence(
  databases: Pick<Databases, 'app' | 'platform'>,
  tools: OutreachTools,
  scope: Scope,
  { anchor, prospects }: LivedCadence,
): Promise<void> {
  const at = <T>(now: Date, work: (ctx: Ctx) => Promise<T>) => inTransaction(databases.app, { ...scope, now }, work);
  const messenger = createStepMessenger(tools);
  const begin = beginOf(anchor);
  const known = await at(begin, (ctx) => listCadences(ctx, { page: 1, limit: 100 }));
  if (known.items.some(({ name }) => name === NAME)) return;
  const enrolled = await at(begin, (ctx) => enrollAll(ctx, prospects));
  const places = new Map(prospects.map(({ id }, place) => [id, place]));
  const looks = new Map(enrolled.map((id) => [id, begin.getTime()]));
  const take = async (id: string, now: Date) => {
    const next = await at(now, (ctx) => attendEnrollment(ctx, messenger, id));
    if (next.status === 'ended') looks.delete(id);
    else if (next.waitSeconds === null) throw new Error('Nobody pauses the cadence of the demo.');
    else looks.set(id, now.getTime() + next.waitSeconds * 1_000);
  };
  for (let round = 1; looks.size > 0; round++) {
    const now = new Date(Math.min(...looks.values()));
    // Whoever was held back that long is left to their process.
    if (now >= anchor) return;
    const due = enrolled.filter((id) => looks.get(id) === now.getTime());
    await inLanes(LANES, due, (id) => take(id, now));
    const sentAt = plus(now, 1);
    await dispatchAt(databases, tools, sentAt);
    await at(plus(now, VISITED_MINUTES_LATER), async (ctx) => {
      const { items } = await listEmails(ctx, { page: 1, limit: 100, category: 'sequence', from: now, until: sentAt });
      for (const { id, prospectId } of items) {
        const place = places.get(prospectId ?? '');
        if (place !== undefined) await visit(ctx, id, { place, round, sentAt });
      }
    });
  }
}

/** Answers the enrollments. */
async function enrollAll(ctx: Ctx, prospects: readonly DemoProspect[]): Promise<string[]> {
  const template = async (name: string, subject: string, html: string) =>
    (await createTemplate(ctx, { name, subject, html })).id;
  const question = await template(
    'First letter: a question',
    'Who of your agents brings the orders, {{firstName | hello}}?',
    `<p>Hi {{firstName | there}},</p><p>most teams cannot say. <a href="https://www.northwind.example/orders">This page
      shows how others find out</a>.</p>`,
  );
  const story = await template(
    'First letter: a story',
    'How Harbor found 40 orders that nobody had counted',
    `<p>Hi {{firstName | there}},</p><p>Harbor had the same question. <a href="https://www.northwind.example/harbor">Their
      story takes four minutes</a>.</p>`,
  );
  const proof = await template(
    'Second letter: numbers',
    'The numbers, {{firstName | as promised}}',
    `<p>Hi {{firstName | there}},</p><p>here is <a href="https://www.northwind.example/numbers">what a month looks
      like</a>, with prices.</p>`,
  );
  const { id: cadenceId } = await createCadence(ctx, {
    name: NAME,
    description: 'Two first letters are compared; everybody is through',
    isActive: true,
    settings: { businessHours: OFFICE },
    steps: [
      {
        type: 'email',
        variants: [
          { name: 'question', weight: 1, templateId: question },
          { name: 'story', weight: 1, templateId: story },
        ],
      },
      { type: 'email', delayDays: 5, templateId: proof },
    ],
  });
  const all = prospects.map(({ id }) => id);
  const asked = { prospectIds: all, channel: 'email', purpose: 'sequence', userId: null } as const;
  const refused = await refusedContacts(ctx, asked);
  const prospectIds = all.filter((id) => !refused.has(id)).slice(0, PEOPLE);
  if (prospectIds.length === 0) return [];
  const { enrolled } = await enroll(ctx, { id: cadenceId, prospectIds });
  return enrolled.map(({ id }) => id);
}

/** Two of three are opened, every fourth is followed; who and when depends on their places alone. */
async function visit(
  ctx: Ctx,
  emailId: string,
  { place, round, sentAt }: { place: number; round: number; sentAt: Date },
): Promise<void> {
  const turn = place + round;
  const minutes = 10 + ((place * 37 + round * 53) % 300);
  await visitMail(ctx, emailId, {
    openedAt: turn % 3 !== 0 && plus(sentAt, minutes),
    followedAt: turn % 4 === 1 && plus(sentAt, minutes + 2),
  });
}
