import { describe, expect, it } from 'vitest';
import { type Finished, table, verdictOf } from './report.ts';
import type { Outcome } from './trial.ts';

const finished = (outcome: Finished['outcome']): Finished => ({
  suite: 'core',
  trial: { id: 'F0', title: 'A fault', guarantee: 'Nothing happens.' },
  seconds: 1,
  outcome,
});

describe('the verdict on a trial', () => {
  it.each<[string, Outcome | { error: string }]>([
    ['holds', { trials: 5, counts: { lost: 0, refused: 0 } }],
    ['BROKEN', { trials: 5, counts: { lost: 0, refused: 1 } }],
    ['BROKEN', { trials: 0, counts: { lost: 0 } }],
    ['not run', { trials: 0, counts: {}, notRun: 'no such tool' }],
    ['FAILED', { error: 'it threw' }],
  ])('is %s for %j', (verdict, outcome) => {
    expect(verdictOf(finished(outcome))).toBe(verdict);
  });

  it('stands beside the five counts, with – for what a trial cannot produce', () => {
    const line = table([finished({ trials: 5, counts: { lost: 0, duplicated: 2, refused: 1 } })]).split('\n')[2]!;
    expect(line.split(/\s{2,}/)).toEqual(['F0', 'A fault', '5', '0', '2', '–', '–', '–', 'refused 1', '1', 'BROKEN']);
  });
});
