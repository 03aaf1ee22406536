import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrangeFacts, publish } from '../../../test/analytics/arrange.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { FUNNEL_STAGES, funnelStages, journeyVelocity } from '../index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let plain: Plain;

const FROM = Date.parse('2026-03-03T00:00:00Z');
const TO = Date.parse('2026-04-13T00:00:00Z');
const RANGE = { startDate: '2026-03-03', endDate: '2026-04-12' };
const HOUR = 3_600_000;

interface Plain {
  touches: { person: string; at: number; channel: string; intent: string | null; order: string }[];
  sales: { id: string; person: string; at: number }[];
  milestones: { person: string; type: string; at: number }[];
}

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  await arrangeFacts(database, tenant, {
    seed: 5,
    people: 80,
    currencies: ['USD'],
    from: new Date('2026-03-01T00:00:00Z'),
    days: 50,
  });
  const organization = tenant.organizationId;
  const { owner } = database;
  await owner`
    insert into events (organization_id, type, customer_id, occurred_at)
    select ${organization}, (array['demo_request', 'proposal', 'scroll'])[1 + (row_number() over (order by external_id))::integer % 3],
           customer_id, started_at + interval '5 hours'
    from interactions where organization_id = ${organization} and abs(hashtext(external_id)) % 3 = 0`;
  await publish(tenant);
  plain = await readPlain();
});
afterAll(() => database?.drop());

async function readPlain(): Promise<Plain> {
  const organization = tenant.organizationId;
  const { owner } = database;
  const links =
    await owner`select customer_id, canonical_id from identity_links where organization_id = ${organization} and ended_xid is null`;
  const person = (id: string): string => links.find((link) => link.customer_id === id)?.canonical_id ?? id;
  const interactions =
    await owner`select * from interactions where organization_id = ${organization} and voided_at is null`;
  const conversions =
    await owner`select * from conversions where organization_id = ${organization} and voided_at is null and amount_minor >= 0`;
  const events = await owner`select * from events where organization_id = ${organization}`;
  return {
    touches: interactions.map((row) => ({
      person: person(row.customer_id),
      at: row.started_at.getTime(),
      channel: row.channel,
      intent: row.primary_intent,
      order: row.external_id,
    })),
    sales: conversions.map((row) => ({ id: row.id, person: person(row.customer_id), at: row.occurred_at.getTime() })),
    milestones: events.map((row) => ({
      person: person(row.customer_id),
      type: row.type,
      at: row.occurred_at.getTime(),
    })),
  };
}

const earliest = (times: number[]): number | null => (times.length > 0 ? Math.min(...times) : null);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Times of each stage by person, with loops. */
function naiveStages(milestones: { lead: string[]; opportunity: string[] }): (number | null)[][] {
  const people = [...new Set(plain.touches.filter(({ at }) => at >= FROM && at < TO).map(({ person }) => person))];
  return people.map((person) => {
    const mine = plain.touches
      .filter((touch) => touch.person === person && touch.at >= FROM && touch.at < TO)
      .sort((a, b) => a.at - b.at);
    const first = mine[0]!.at;
    const since = (at: number) => at >= first && at < TO;
    const milestone = (types: string[]) =>
      earliest(
        plain.milestones
          .filter((one) => one.person === person && types.includes(one.type) && since(one.at))
          .map(({ at }) => at),
      );
    return [
      first,
      mine[1]?.at ?? null,
      earliest(mine.filter(({ intent }) => intent !== null && /purchas|pricing/.test(intent)).map(({ at }) => at)),
      milestone(milestones.lead),
      milestone(milestones.opportunity),
      earliest(plain.sales.filter((sale) => sale.person === person && since(sale.at)).map(({ at }) => at)),
    ];
  });
}

describe('the funnel', () => {
  it('counts people by their furthest stage and the time between stages as loops do, with and without milestones', async () => {
    for (const milestones of [
      { lead: [], opportunity: [] },
      { lead: ['demo_request'], opportunity: ['proposal'] },
    ]) {
      await database.owner`update organizations set milestone_event_types = ${database.owner.json(milestones)} where id = ${tenant.organizationId}`;
      const people = naiveStages(milestones);
      const funnel = await tenant.run((ctx) => funnelStages(ctx, RANGE));
      const expected = FUNNEL_STAGES.filter(
        (stage) => (stage !== 'lead' && stage !== 'opportunity') || milestones[stage].length > 0,
      );
      expect(funnel.stages.map(({ stage }) => stage)).toEqual(expected);
      for (const { stage, volume, avgHoursFromPrevious } of funnel.stages) {
        const index = FUNNEL_STAGES.indexOf(stage);
        const reached = people.filter((times) => times.slice(index).some((time) => time !== null));
        expect([stage, volume]).toEqual([stage, reached.length]);
        const gaps = people.flatMap((times) => {
          const before = times.slice(0, index).findLast((time) => time !== null);
          const at = times[index];
          return index > 0 && at !== null && at !== undefined && before !== null && before !== undefined && at >= before
            ? [at - before]
            : [];
        });
        if (gaps.length === 0) expect([stage, avgHoursFromPrevious]).toEqual([stage, null]);
        else expect(avgHoursFromPrevious).toBeCloseTo(mean(gaps) / HOUR, 2);
      }
      const [first, ...rest] = funnel.stages;
      expect(first!.volume).toBeGreaterThan(20);
      expect(
        rest.every(
          (row, position) => row.volume + funnel.stages[position]!.dropOff === funnel.stages[position]!.volume,
        ),
      ).toBe(true);
      expect(funnel.overallConversionRate).toBeCloseTo(funnel.stages.at(-1)!.volume / first!.volume, 5);
    }
  });

  it('follows those alone whom a filter leaves', async () => {
    const all = await tenant.run((ctx) => funnelStages(ctx, RANGE));
    const calls = await tenant.run((ctx) => funnelStages(ctx, { ...RANGE, channel: ['call'] }));
    const people = new Set(
      plain.touches
        .filter(({ at, channel }) => at >= FROM && at < TO && channel === 'call')
        .map(({ person }) => person),
    );
    expect(calls.stages[0]!.volume).toBe(people.size);
    expect(people.size).toBeLessThan(all.stages[0]!.volume);
  });
});

describe('journey velocity', () => {
  it('tells durations, paths and slow steps as loops do', async () => {
    const windowDays = 15;
    const journeys = plain.sales
      .filter(({ at }) => at >= FROM && at < TO)
      .map((sale) => {
        const before = plain.sales
          .filter((other) => other.person === sale.person && other.at < sale.at)
          .map(({ at }) => at);
        const since = Math.max(sale.at - windowDays * 24 * HOUR, ...before);
        const touches = plain.touches
          .filter((touch) => touch.person === sale.person && touch.at > since && touch.at <= sale.at)
          .sort((a, b) => a.at - b.at || (a.order < b.order ? -1 : 1));
        return { sale, touches };
      });
    const led = journeys.filter(({ touches }) => touches.length > 0);
    const velocity = await tenant.run((ctx) =>
      journeyVelocity(ctx, { ...RANGE, windowDays, granularity: 'week', minConversions: 1, limit: 200 }),
    );
    expect(velocity.totals.conversions).toBe(led.length);
    expect(led.length).toBeGreaterThan(10);
    expect(velocity.conversionsWithoutTouch).toBe(journeys.length - led.length);
    const hoursOf = ({ sale, touches }: (typeof led)[number]) => (sale.at - touches[0]!.at) / HOUR;
    expect(velocity.totals.avgJourneyHours).toBeCloseTo(mean(led.map(hoursOf)), 2);
    expect(velocity.totals.avgTouches).toBeCloseTo(mean(led.map(({ touches }) => touches.length)), 2);
    const byPath = Map.groupBy(led, ({ touches }) =>
      touches
        .map(({ channel }) => channel)
        .filter((channel, index, all) => channel !== all[index - 1])
        .join('>'),
    );
    expect(velocity.fastestPaths.map(({ path }) => path.join('>')).sort()).toEqual([...byPath.keys()].sort());
    for (const { path, conversions, avgJourneyHours } of velocity.fastestPaths) {
      const mine = byPath.get(path.join('>'))!;
      expect(conversions).toBe(mine.length);
      expect(avgJourneyHours).toBeCloseTo(mean(mine.map(hoursOf)), 2);
    }
    const durations = velocity.fastestPaths.map(({ avgJourneyHours }) => avgJourneyHours!);
    expect([...durations].sort((a, b) => a - b)).toEqual(durations);
    const steps = Map.groupBy(
      led.flatMap(({ touches }) => touches.slice(1).map((touch, index) => ({ from: touches[index]!, to: touch }))),
      ({ from, to }) => `${from.channel}>${to.channel}`,
    );
    for (const { from, to, steps: count, avgHours } of velocity.bottlenecks) {
      const mine = steps.get(`${from}>${to}`)!;
      expect([from, to, count]).toEqual([from, to, mine.length]);
      expect(avgHours).toBeCloseTo(mean(mine.map((step) => (step.to.at - step.from.at) / HOUR)), 2);
    }
    expect(velocity.trend.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(led.length);
  });
});
