import type { Ctx } from '../services/core/context.ts';
import { refreshStatistics } from '../services/core/statistics.ts';
import { listUsers } from '../services/platform/users/index.ts';
import {
  createRoutingRule,
  createSla,
  createTicket,
  listSlas,
  listTickets,
  lockTicket,
  moveWithClock,
  recordRating,
  writeReply,
} from '../services/service/index.ts';
import type { DemoDefinition } from './definition.ts';
import { personOf } from './people.ts';
import { Random } from './random.ts';
import { inLanes } from './together.ts';

/** Of an organization of 4,000 people; a smaller one has fewer. */
const MOST_TICKETS = 300;
const PEOPLE_PER_TICKET = 13;
const DAYS = 90;
/** Tickets that are lived through side by side; none knows of another. */
const LANES = 3;
const FEW = 20;
const TABLES = ['ticket_replies', 'ticket_sla_events', 'ticket_sla_periods', 'tickets'];
const HOUR_MS = 3_600_000;
const STREAM = 40;

const SUBJECTS = [
  'Calls drop after two minutes',
  'The transcript of a call is missing',
  'Invoice shows the wrong number of seats',
  'How do I add a voice agent?',
  'Single sign-on stopped working',
  'The dashboard loads slowly',
  'Please change our billing address',
  'Recordings cannot be downloaded',
] as const;
const TAGS = ['calls', 'transcripts', 'billing', 'setup', 'sso', 'performance', 'billing', 'recordings'] as const;
const PRIORITIES = { low: 2, normal: 5, high: 2, urgent: 1 } as const;
const CHANNELS = { email: 5, portal: 2, chat: 2, phone: 1 } as const;

type Work = <T>(unit: (ctx: Ctx) => Promise<T>) => Promise<T>;

/**
 * Three months of support, lived through by the verbs at its own times: silently, since nobody wants mails and webhooks of yesterday's
 * tickets. They are opened one after another, because numbers and turns follow time, and led on side by side. A start that was
 * killed goes on with those that nobody has answered: the first step of every life is an answer.
 */
export async function createTickets(work: Work, definition: DemoDefinition, now: Date): Promise<void> {
  const begin = new Date(now.getTime() - DAYS * 24 * HOUR_MS);
  await work((ctx) => arrange({ ...ctx, now: begin, silent: true }));
  const users = await work(usersOf);
  const count = Math.min(MOST_TICKETS, Math.floor(definition.people / PEOPLE_PER_TICKET));
  await work((ctx) => openAll({ ...ctx, silent: true }, { definition, count, begin, now }));
  await work((ctx) => refreshStatistics(ctx, TABLES));
  const waiting = await work(unanswered);
  await inLanes(LANES, waiting, async ({ id, number }) => {
    const life = lifeOf({ definition, count, begin, now }, number - 1);
    await work((ctx) => live({ ...ctx, silent: true }, id, { ...life, now, users }));
  });
}

/** In one transaction, or, when they are there, nothing. */
async function openAll(ctx: Ctx, story: Story): Promise<void> {
  if ((await listTickets(ctx, { page: 1, limit: 1, sort: [] })).total > 0) return;
  for (let index = 0; index < story.count; index++) {
    // The plans of the first ones are for an empty table, in which any index is as good as another.
    if (index === FEW) await refreshStatistics(ctx, TABLES);
    const { at, topic, person, priority, channel } = lifeOf(story, index);
    const { email, name } = personOf(story.definition, person);
    await createTicket(
      { ...ctx, now: new Date(Math.floor(at)) },
      {
        subject: SUBJECTS[topic]!,
        description: `${SUBJECTS[topic]}. Can you help us?`,
        priority,
        channel,
        requesterEmail: email.value,
        requesterName: name,
        tags: [TAGS[topic]!],
      },
    );
  }
}

/** The oldest first. */
async function unanswered(ctx: Ctx): Promise<{ id: string; number: number }[]> {
  const found: { id: string; number: number }[] = [];
  for (let page = 1; ; page++) {
    const sort = [{ field: 'number', descending: false }];
    const { items } = await listTickets(ctx, { page, limit: 200, status: 'new', sort });
    found.push(...items);
    if (items.length < 200) return found;
  }
}

async function arrange(ctx: Ctx): Promise<void> {
  if ((await listSlas(ctx, { page: 1, limit: 1 })).total > 0) return;
  const office = Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [{ start: '08:00', end: '20:00' }]]),
  );
  await createSla(ctx, {
    name: 'Standard',
    isDefault: true,
    calendar: { timezone: 'America/New_York', days: office, holidays: [] },
    targets: {
      low: { firstResponseMinutes: 720, resolutionMinutes: 7_200 },
      normal: { firstResponseMinutes: 240, nextResponseMinutes: 480, resolutionMinutes: 2_880 },
      high: { firstResponseMinutes: 60, nextResponseMinutes: 240, resolutionMinutes: 960 },
    },
  });
  await createSla(ctx, {
    name: 'Urgent, around the clock',
    position: 10,
    filter: { field: 'priority', op: 'eq', value: 'urgent' },
    targets: { urgent: { firstResponseMinutes: 30, nextResponseMinutes: 60, resolutionMinutes: 480 } },
  });
  const users = await usersOf(ctx);
  if (users.length === 0) return;
  await createRoutingRule(ctx, {
    name: 'Everybody in turn',
    strategy: 'round_robin',
    members: users.slice(0, 6).map((userId) => ({ userId })),
  });
}

async function usersOf(ctx: Ctx): Promise<string[]> {
  const { items } = await listUsers(ctx, { page: 1, limit: 50 });
  return items.map(({ id }) => id).sort();
}

interface Story {
  readonly definition: DemoDefinition;
  readonly count: number;
  readonly begin: Date;
  readonly now: Date;
}

type Life = ReturnType<typeof lifeOf>;

/** How it begins; `random` decides what comes then. */
function lifeOf({ definition, count, begin, now }: Story, index: number) {
  const random = new Random(definition.seed, STREAM + index);
  return {
    random,
    topic: index % SUBJECTS.length,
    person: random.between(0, definition.people - 1),
    // In order, so that numbers follow time.
    at: begin.getTime() + ((index + random.next()) / count) * (now.getTime() - begin.getTime()),
    priority: random.weighted(PRIORITIES),
    channel: random.weighted(CHANNELS),
  };
}

/** One ticket from its first answer to where it stands today. */
async function live(
  ctx: Ctx,
  id: string,
  { random, now, users, ...life }: Life & { now: Date; users: readonly string[] },
): Promise<void> {
  let { at } = life;
  const then = (hours: number): Ctx | null => {
    at += hours * HOUR_MS;
    return at < now.getTime() ? { ...ctx, now: new Date(Math.floor(at)) } : null;
  };
  const say = async (in_: Ctx | null, kind: 'agent' | 'customer', body: string) => {
    if (!in_) return;
    const ticket = await lockTicket(in_, id);
    const author = kind === 'agent' ? { kind, id: random.pick(users.length > 0 ? users : [null]) } : { kind };
    await writeReply(in_, ticket, { author, body, isInternal: false, channel: kind === 'agent' ? 'api' : 'email' });
  };
  await say(then(random.next() * random.next() * 12), 'agent', 'Thank you for telling us; we are looking into it.');
  if (random.chance(0.5)) {
    await change(then(random.next() * 4), id, 'pending');
    await say(then(random.next() * 30), 'customer', 'It is still the same for us.');
    await say(then(random.next() * 10), 'agent', 'We have found the cause and are working on it.');
  }
  if (random.chance(0.92)) await change(then(2 + random.next() * 40), id, 'resolved');
  if (random.chance(0.45)) await rate(then(2), id, random.weighted({ 5: 5, 4: 3, 3: 1, 2: 1, 1: 1 }));
  await change(then(24 * 7), id, 'closed');
}

async function change(in_: Ctx | null, id: string, to: 'pending' | 'resolved' | 'closed'): Promise<void> {
  if (!in_) return;
  const ticket = await lockTicket(in_, id);
  const isOver = ticket.status === 'resolved' || ticket.status === 'closed';
  if (to === 'closed' ? ticket.status === 'resolved' : !isOver) await moveWithClock(in_, ticket, to);
}

async function rate(in_: Ctx | null, id: string, score: string): Promise<void> {
  if (!in_) return;
  if ((await lockTicket(in_, id)).status === 'resolved') await recordRating(in_, id, Number(score));
}
