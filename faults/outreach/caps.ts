import { warmupCap } from '../../domain/outreach/sender.rules.ts';
import type { MailTransport } from '../../domain/platform/mail.port.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { planEmail } from '../../services/outreach/index.ts';
import { inParallel, moments } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';
import type { World } from '../lib/world.ts';
import { outreachOf } from './in-process.ts';

const DAYS = 30;
const SENDERS = 40;
const PEOPLE = 400;
const ACCOUNTS = 40;
const DISPATCHERS = 3;
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
/** Clocks change in Europe and then in New York within these days. */
const BEGIN = Date.parse('2026-10-15T00:00:00Z');
const ZONE = 'America/New_York';
const ZONES = [ZONE, 'Europe/Berlin', 'Asia/Kolkata', 'Etc/UTC', 'Pacific/Auckland'];
const LIMITS = { perPersonPerDay: 2, perPersonPerWeek: 5, perAccountPerDay: 8 };
const HOURS = { start: '08:00', end: '18:00' };

interface Sender {
  readonly id: string;
  readonly dailyCap: number | null;
  readonly hourlyCap: number | null;
  readonly warmup: { startedOn: string; start: number; increment: number; target: number } | null;
}
interface Person {
  readonly id: string;
  readonly email: string;
  readonly accountId: string;
  readonly zone: string;
}
interface Sent {
  readonly at: number;
  readonly sender: Sender;
  readonly person: Person;
}

/** Many senders, people and days, more messages than fit, and several processes that hand them over. */
export const caps: Trial = {
  id: 'caps',
  title: `Caps of ${SENDERS} senders and of people over ${DAYS} simulated days`,
  guarantee: 'No cap of a sender, a person or an account is exceeded, and nobody is written to outside their hours.',
  async run(world, { n }) {
    const messages = n * 3;
    const clock = { at: BEGIN, now: () => new Date(clock.at) };
    const { organizationId } = await world.createOrganization();
    await world.database.owner`update organizations set time_zone = ${ZONE} where id = ${organizationId}`;
    const here = outreachOf(world, { OUTREACH_ALLOW_UNVERIFIED: 'true' }, clock);
    const senders = await createSenders(world, organizationId);
    const persons = await createPeople(world, organizationId);
    const byEmail = new Map(persons.map((person) => [person.email, person]));
    await world.database.owner`
      insert into contact_policies (organization_id, settings)
      values (${organizationId}, ${world.database.owner.json({ ...LIMITS, contactHours: { email: HOURS } })})`;
    const journal: { at: number; sendId: string; email: string }[] = [];
    const transport: MailTransport = {
      name: 'journal',
      async deliver({ sendId, to }) {
        journal.push({ at: clock.at, sendId, email: to.email });
        return { kind: 'accepted', providerId: sendId };
      },
    };
    const dispatchers = Array.from({ length: DISPATCHERS }, () => here.dispatcher(transport, noFaults));
    const dice = moments(messages * 2, 17);
    const perDay = Math.ceil(messages / DAYS);
    for (let day = 0; day < DAYS; day++) {
      await inParallel(Math.min(perDay, messages - day * perDay), { atOnce: 6 }, async (index) => {
        const number = day * perDay + index;
        const person = persons[Math.floor(dice[number]! * PEOPLE)]!;
        const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() };
        await inTransaction(world.database.app, scope, (ctx) =>
          planEmail(ctx, here.tools, {
            to: [{ email: person.email, name: null }],
            prospectId: person.id,
            senderId: senders[Math.floor(dice[messages + number]! * SENDERS)]!.id,
            category: 'marketing',
            subject: 'News',
            text: 'News',
            dedupeKey: `caps-${number}`,
          }),
        );
      });
      for (let hour = 0; hour < 24; hour++) {
        clock.at = BEGIN + day * DAY_MS + hour * HOUR_MS + 1_000;
        await Promise.all(
          dispatchers.map(async ({ dispatch }) => {
            while ((await dispatch()) > 0);
          }),
        );
      }
      if (day % 10 === 9) world.report(`caps: day ${day + 1}, ${journal.length} sent`);
    }

    const rows = await world.database.owner<{ id: string; sender_id: string }[]>`select id, sender_id from sends`;
    const senderOf = new Map(rows.map((row) => [row.id, senders.find(({ id }) => id === row.sender_id)!]));
    const sent = journal.map(({ at, sendId, email }) => ({
      at,
      sender: senderOf.get(sendId)!,
      person: byEmail.get(email)!,
    }));
    return {
      trials: journal.length,
      counts: {
        duplicated: journal.length - new Set(journal.map(({ sendId }) => sendId)).size,
        wrongTenant: await world.wrongTenant(),
        overTheDay: overSenderDays(sent),
        overTheHour: overSenderHours(sent),
        overThePerson:
          within(sent, ({ person }) => person.id, DAY_MS, LIMITS.perPersonPerDay) +
          within(sent, ({ person }) => person.id, 7 * DAY_MS, LIMITS.perPersonPerWeek),
        overTheAccount: within(sent, ({ person }) => person.accountId, DAY_MS, LIMITS.perAccountPerDay),
        outsideHours: sent.filter(({ at, person }) => !isInHours(at, person.zone)).length,
        // A cap that nobody reaches shows nothing.
        noCapReached: fullDays(sent) === 0 ? 1 : 0,
      },
      notes: {
        messages,
        'still held back': messages - journal.length,
        senders: SENDERS,
        days: DAYS,
        'sender days at their cap': fullDays(sent),
      },
    };
  },
};

async function createSenders({ database }: World, organizationId: string): Promise<Sender[]> {
  const { owner } = database;
  const wanted = Array.from({ length: SENDERS }, (_, index) => ({
    dailyCap: index % 5 === 4 ? null : 2 + (index % 7),
    hourlyCap: index % 2 === 0 ? 1 + (index % 3) : null,
    warmup:
      index % 3 === 0
        ? { startedOn: '2026-10-18', start: 1, increment: 1 + (index % 2), target: 4 + (index % 4) }
        : null,
  }));
  const senders: Sender[] = [];
  for (const [index, sender] of wanted.entries()) {
    const { dailyCap, hourlyCap, warmup } = sender;
    const [row] = await owner<[{ id: string }]>`
      insert into senders (organization_id, name, email, domain, postal_address, is_default, daily_cap, hourly_cap,
                           warmup_started_on, warmup_start, warmup_increment, warmup_target)
      values (${organizationId}, 'Ada', ${`s${index}@acme.example`}, 'acme.example', '1 Main Street', ${index === 0},
              ${dailyCap}, ${hourlyCap}, ${warmup?.startedOn ?? null}, ${warmup?.start ?? null},
              ${warmup?.increment ?? null}, ${warmup?.target ?? null})
      returning id`;
    senders.push({ id: row.id, ...sender });
  }
  return senders;
}

async function createPeople({ database }: World, organizationId: string): Promise<Person[]> {
  const rows = await database.owner<Person[]>`
    with made as (
      insert into accounts (organization_id, name) select ${organizationId}, 'A' || n from generate_series(1, ${ACCOUNTS}) n
      returning id),
    numbered as (select id, row_number() over () - 1 as n from made)
    insert into prospects (organization_id, email, email_key, account_id, time_zone)
    select ${organizationId}, 'p' || g || '@company.example', 'p' || g || '@company.example', numbered.id,
           (${ZONES}::text[])[1 + g % ${ZONES.length}]
    from generate_series(1, ${PEOPLE}) g join numbered on numbered.n = g % ${ACCOUNTS}
    returning id, email, account_id as "accountId", time_zone as zone`;
  return [...rows];
}

/** Of the organization's calendar. */
const dayOf = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(at);
const limitOf = ({ dailyCap, warmup }: Sender, day: string): number =>
  Math.min(dailyCap ?? Number.POSITIVE_INFINITY, warmup ? warmupCap(warmup, day) : Number.POSITIVE_INFINITY);

function countsBy<T>(list: readonly T[], key: (one: T) => string): Map<string, { count: number; one: T }> {
  const counts = new Map<string, { count: number; one: T }>();
  for (const one of list) counts.set(key(one), { count: (counts.get(key(one))?.count ?? 0) + 1, one });
  return counts;
}

const senderDays = (sent: readonly Sent[]) => [
  ...countsBy(sent, ({ at, sender }) => `${sender.id} ${dayOf(at)}`).values(),
];
const overSenderDays = (sent: readonly Sent[]) =>
  senderDays(sent).filter(({ count, one }) => count > limitOf(one.sender, dayOf(one.at))).length;
const fullDays = (sent: readonly Sent[]) =>
  senderDays(sent).filter(({ count, one }) => count === limitOf(one.sender, dayOf(one.at))).length;
const overSenderHours = (sent: readonly Sent[]) =>
  [...countsBy(sent, ({ at, sender }) => `${sender.id} ${Math.floor(at / HOUR_MS)}`).values()].filter(
    ({ count, one }) => count > (one.sender.hourlyCap ?? Number.POSITIVE_INFINITY),
  ).length;

/** Messages that were one too many within the time before them. */
function within(sent: readonly Sent[], key: (one: Sent) => string, spanMs: number, limit: number): number {
  const times = new Map<string, number[]>();
  for (const one of sent) times.set(key(one), [...(times.get(key(one)) ?? []), one.at]);
  let over = 0;
  for (const list of times.values()) {
    list.sort((a, b) => a - b);
    for (const [index, at] of list.entries()) {
      const first = list.findIndex((earlier) => earlier > at - spanMs);
      if (index - first + 1 > limit) over += 1;
    }
  }
  return over;
}

function isInHours(at: number, zone: string): boolean {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
  return time >= HOURS.start && time < HOURS.end;
}
