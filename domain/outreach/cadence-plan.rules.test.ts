import { describe, expect, it } from 'vitest';
import type { CadenceSettings, CadenceStep, StepConditions } from './cadence.rules.ts';
import { type DoneStep, delayed, dueAt, nextMove, planCalendar } from './cadence-plan.rules.ts';
import { stickyFraction, variantOf } from './variant.rules.ts';

const step = (stepNumber: number, fields: Partial<CadenceStep> = {}): CadenceStep => ({
  id: `s${stepNumber}`,
  stepNumber,
  type: 'email',
  delayDays: 0,
  delayHours: 0,
  templateId: null,
  subject: null,
  content: null,
  conditions: null,
  variants: [],
  ...fields,
});
const at = (time: string) => Date.parse(time);
const calendar = (settings: CadenceSettings = {}, zone = 'Europe/Berlin') => planCalendar(settings, zone);
const OFFICE = { businessHours: { start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] } };
const done = (stepNumber: number, fields: Partial<DoneStep> = {}): DoneStep => ({
  stepId: `s${stepNumber}`,
  stepNumber,
  at: at('2026-06-01T10:00:00Z'),
  wasSkipped: false,
  openedAt: null,
  clickedAt: null,
  repliedAt: null,
  completedAt: null,
  ...fields,
});

describe('the delay of a step', () => {
  it('keeps the time of day over a change of clocks, and hours are hours', () => {
    const { zone } = calendar();
    const friday = at('2026-03-27T09:30:00+01:00');
    expect(delayed(friday, step(1, { delayDays: 3 }), zone)).toBe(at('2026-03-30T09:30:00+02:00'));
    expect(delayed(friday, step(1, { delayHours: 72 }), zone)).toBe(at('2026-03-30T10:30:00+02:00'));
    const autumn = at('2026-10-23T09:30:00+02:00');
    expect(delayed(autumn, step(1, { delayDays: 3, delayHours: 1 }), zone)).toBe(at('2026-10-26T10:30:00+01:00'));
  });

  it('leads to the hour after a skipped one, and to the first of a repeated one', () => {
    const { zone } = calendar();
    const night = at('2026-03-28T02:30:00+01:00');
    expect(delayed(night, step(1, { delayDays: 1 }), zone)).toBe(at('2026-03-29T03:30:00+02:00'));
    const twice = at('2026-10-24T02:30:00+02:00');
    expect(delayed(twice, step(1, { delayDays: 1 }), zone)).toBe(at('2026-10-25T02:30:00+02:00'));
  });

  it('ends within the hours of the cadence, on no holiday', () => {
    const open = calendar({ ...OFFICE, holidays: ['2026-06-08'] });
    const late = at('2026-06-05T16:30:00+02:00');
    expect(dueAt(step(1, { delayHours: 1 }), late, open)).toBe(at('2026-06-09T09:00:00+02:00'));
    expect(dueAt(step(1), late, open)).toBe(late);
    const noHours = calendar({ businessHours: { enabled: false }, holidays: ['2026-06-06'] });
    expect(dueAt(step(1, { delayDays: 1 }), late, noHours)).toBe(at('2026-06-07T00:00:00+02:00'));
  });
});

/** Conditions name their branch `then`, which a linter takes for a promise. */
const when = (asked: StepConditions['if'], to: StepConditions['then'], otherwise?: StepConditions['else']) => {
  // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
  return { if: asked, then: to, ...(otherwise === undefined ? {} : { else: otherwise }) };
};

describe('the next move', () => {
  const now = at('2026-06-10T10:00:00Z');
  const move = (conditions: StepConditions, known: readonly DoneStep[]) =>
    nextMove([step(1), step(2, { conditions }), step(3)], { since: now, fromNumber: 2, done: known }, calendar(), now);

  it('is the first step that is not behind, however numbers have moved', () => {
    const steps = [step(1), step(2), step(3)];
    const state = { since: now, fromNumber: 1, done: [done(1)] };
    expect(nextMove(steps, state, calendar(), now)).toMatchObject({ kind: 'run', step: { id: 's2' } });
    expect(nextMove(steps, { ...state, fromNumber: 4 }, calendar(), now)).toEqual({ kind: 'end', reason: 'completed' });
  });

  it('waits for the hours of the cadence when its time has passed outside of them', () => {
    const night = at('2026-06-10T22:00:00Z');
    const state = { since: at('2026-06-08T10:00:00Z'), fromNumber: 1, done: [] };
    expect(nextMove([step(1)], state, calendar(OFFICE), night)).toMatchObject({
      kind: 'wait',
      at: at('2026-06-11T09:00:00+02:00'),
    });
  });

  it('branches on what people did by then', () => {
    const opened = done(1, { openedAt: at('2026-06-03T10:00:00Z') });
    const exit = when({ event: 'opened', step: 1 }, 'exit', 'skip');
    expect(move(exit, [opened])).toEqual({ kind: 'end', reason: 'condition' });
    expect(move(exit, [done(1)])).toMatchObject({ kind: 'jump', toNumber: 3 });
    expect(move({ ...exit, if: { event: 'not_opened' } }, [opened])).toMatchObject({ kind: 'jump', toNumber: 3 });
    const within = when({ event: 'opened', step: 1, within: '1d' }, 3);
    expect(move(within, [opened])).toMatchObject({ kind: 'run', step: { id: 's2' } });
    expect(move({ ...within, if: { event: 'opened', step: 1, within: '3d' } }, [opened])).toMatchObject({
      kind: 'jump',
      toNumber: 3,
    });
    const later = done(1, { openedAt: now + 1 });
    expect(move(exit, [later])).toMatchObject({ kind: 'jump' });
  });

  it('takes a step that was passed over for one that nobody opened', () => {
    const skipped = done(1, { wasSkipped: true });
    expect(move(when({ event: 'opened', step: 1 }, 'exit'), [skipped])).toMatchObject({ kind: 'run' });
    expect(move(when({ event: 'not_opened', step: 1 }, 'exit'), [skipped])).toMatchObject({ kind: 'end' });
  });
});

describe('a variant', () => {
  it('is the same for a person every time, and as frequent as its weight', () => {
    const variants = [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 3 },
    ];
    const chosen = Array.from({ length: 20_000 }, (_, person) => variantOf(variants, 'step', `person-${person}`)!.name);
    const share = chosen.filter((name) => name === 'b').length / chosen.length;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.01);
    expect(variantOf(variants, 'step', 'person-7')!.name).toBe(chosen[7]);
    const both = chosen.filter(
      (name, person) => name === variantOf(variants, 'other', `person-${person}`)!.name,
    ).length;
    expect(Math.abs(both / chosen.length - 0.625)).toBeLessThan(0.02);
    expect(variantOf([], 'step', 'person')).toBeNull();
    expect(stickyFraction('x')).toBeLessThan(1);
  });
});
