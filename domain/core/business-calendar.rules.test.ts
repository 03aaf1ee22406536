import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type BusinessCalendar, businessTime, minutesOf, WEEKDAYS } from './business-calendar.rules.ts';
import { UTC, zoneNamed, zoneOf } from './time-zone.rules.ts';

const MINUTE = 60_000;
const at = (text: string) => Date.parse(text);
const week = (start: string, end: string) =>
  Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, [{ start, end }]]));

describe('business hours', () => {
  const office: BusinessCalendar = { timezone: 'UTC', days: week('08:00', '18:00'), holidays: [] };

  // 5 January 2026 is a Monday; the published table of GLPI.
  it.each([
    ['2026-01-05T10:00Z', 4 * 60, '2026-01-05T14:00Z'],
    ['2026-01-05T10:00Z', 3 * 60, '2026-01-05T13:00Z'],
    ['2026-01-05T17:00Z', 4 * 60, '2026-01-06T11:00Z'],
    ['2026-01-05T17:00Z', 3 * 60, '2026-01-06T10:00Z'],
    ['2026-01-05T17:00Z', 60, '2026-01-05T18:00Z'],
    ['2026-01-09T17:59Z', 2, '2026-01-12T08:01Z'],
  ])('put %s and %d minutes at %s', (from, minutes, due) => {
    expect(businessTime(office).add(at(from), minutes * MINUTE)).toBe(at(due));
  });

  it('are around the clock without a calendar and never where no day is open', () => {
    expect(businessTime(null).add(at('2026-01-10T23:00Z'), 90 * MINUTE)).toBe(at('2026-01-11T00:30Z'));
    expect(businessTime({ ...office, days: {} }).add(at('2026-01-10T23:00Z'), 1)).toBeNull();
    expect(businessTime(office).add(at('2026-01-10T23:00Z'), 0)).toBe(at('2026-01-10T23:00Z'));
    expect([...businessTime(null).spans(5, 5)]).toEqual([]);
    expect(businessTime({ ...office, days: {} }).nextOpen(at('2026-01-10T23:00Z'))).toBeNull();
  });

  it('leave out holidays, which are local dates', () => {
    const calendar = { ...office, timezone: 'Pacific/Auckland', holidays: ['2026-01-06'] };
    // The 6th begins in Auckland at 11:00 UTC of the 5th.
    expect(businessTime(calendar).nextOpen(at('2026-01-05T06:00Z'))).toBe(at('2026-01-06T19:00Z'));
  });

  it('know a zone by its data alone, the skipped and the repeated hour included', () => {
    const hour = 3_600_000;
    const zone = zoneOf([
      { from: 0, offsetMs: hour },
      { from: at('2026-03-29T01:00Z'), offsetMs: 2 * hour },
      { from: at('2026-10-25T01:00Z'), offsetMs: hour },
    ]);
    expect([zone(0), zone(at('2026-03-29T01:00Z'))]).toEqual([
      { from: -Infinity, until: at('2026-03-29T01:00Z'), offsetMs: hour },
      { from: at('2026-03-29T01:00Z'), until: at('2026-10-25T01:00Z'), offsetMs: 2 * hour },
    ]);
    expect(UTC(0)).toEqual({ from: -Infinity, until: Infinity, offsetMs: 0 });
    const night = { timezone: 'x', days: { sunday: [{ start: '01:00', end: '04:00' }] }, holidays: [] };
    const time = businessTime(night, zone);
    expect(time.between(at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z'))).toBe(2 * hour);
    expect(time.between(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'))).toBe(4 * hour);
    expect([...time.spans(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'))]).toEqual([
      { from: at('2026-10-24T23:00Z'), until: at('2026-10-25T03:00Z') },
    ]);
  });
});

/** Small and repeatable. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Minute {
  readonly weekday: number;
  readonly date: string;
  readonly minute: number;
}

describe('arithmetic over open hours', () => {
  const MINUTES = 4 * 1440;
  // Each around a change of clocks; the last skips a whole day.
  const stages = [
    ['Europe/Berlin', '2026-03-27T00:00Z'],
    ['Europe/Berlin', '2026-10-23T00:00Z'],
    ['America/New_York', '2026-03-06T00:00Z'],
    ['America/New_York', '2026-10-30T00:00Z'],
    ['Australia/Lord_Howe', '2026-04-03T00:00Z'],
    ['America/Santiago', '2026-09-04T00:00Z'],
    ['Asia/Kathmandu', '2025-12-30T00:00Z'],
    ['Pacific/Apia', '2011-12-28T00:00Z'],
  ].map(([timezone, text]) => {
    const start = at(text!);
    const minutes = Array.from({ length: MINUTES }, (_, index): Minute => {
      const local = DateTime.fromMillis(start + index * MINUTE, { zone: timezone! });
      return { weekday: local.weekday, date: local.toISODate()!, minute: local.hour * 60 + local.minute };
    });
    return { timezone: timezone!, start, minutes, zone: zoneNamed(timezone!) };
  });
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

  it('agrees with counting minutes one by one in 10,000 random cases over changes of clocks', () => {
    const random = randomOf(20_260_329);
    for (let round = 0; round < 10_000; round++) {
      const stage = stages[random(stages.length)]!;
      const days = Object.fromEntries(
        WEEKDAYS.flatMap((day) => {
          const intervals = Array.from({ length: random(4) }, () => {
            const start = random(1439);
            return { start: clock(start), end: clock(start + 1 + random(1440 - start)) };
          });
          return intervals.length > 0 ? [[day, intervals] as const] : [];
        }),
      );
      const holidays = Array.from({ length: random(3) }, () => stage.minutes[random(MINUTES)]!.date);
      const hours = WEEKDAYS.map((day) =>
        (days[day] ?? []).map(({ start, end }) => [minutesOf(start), minutesOf(end)]),
      );
      const isOpen = ({ weekday, date, minute }: Minute): boolean => {
        if (holidays.includes(date)) return false;
        for (const [start, end] of hours[weekday - 1]!) if (minute >= start! && minute < end!) return true;
        return false;
      };
      const time = businessTime({ timezone: stage.timezone, days, holidays }, stage.zone);
      const from = random(MINUTES);
      const until = from + random(MINUTES - from);
      const target = random(1_200);
      let open = 0;
      let due: number | null = null;
      let first: number | null = null;
      for (let index = from; index < MINUTES && (index < until || due === null); index++) {
        const counts = isOpen(stage.minutes[index]!);
        if (counts && first === null) first = index;
        if (counts && index < until) open++;
        if (due === null && index < until && open === target && target > 0) due = index + 1;
      }
      const instant = (index: number) => stage.start + index * MINUTE;

      expect(
        {
          between: time.between(instant(from), instant(until)) / MINUTE,
          isOpen: time.isOpen(instant(from)),
          due: due === null ? null : time.add(instant(from), target * MINUTE),
          first: first === null ? null : time.nextOpen(instant(from)),
        },
        `round ${round}, ${stage.timezone}`,
      ).toEqual({
        between: open,
        isOpen: isOpen(stage.minutes[from]!),
        due: due === null ? null : instant(due),
        first: first === null ? null : instant(first),
      });
    }
  }, 30_000);
});
