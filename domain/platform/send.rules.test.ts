import { describe, expect, it } from 'vitest';
import { backoffSeconds, SEND_STATES, SEND_TRANSITIONS } from './send.rules.ts';

describe('a send', () => {
  it('that was handed over ends as told, or in the dark, and is never planned from its end', () => {
    expect(SEND_TRANSITIONS.dispatching).toEqual(['accepted', 'planned', 'failed', 'unknown']);
    for (const state of ['accepted', 'failed', 'suppressed'] as const) expect(SEND_TRANSITIONS[state]).toEqual([]);
  });

  it('is handed over from its claim alone, and taken back before it only', () => {
    const from = (state: (typeof SEND_STATES)[number]) =>
      SEND_STATES.filter((one) => SEND_TRANSITIONS[one].includes(state));
    expect(from('dispatching')).toEqual(['claimed']);
    expect(from('suppressed')).toEqual(['planned', 'claimed']);
    expect(from('unknown')).toEqual(['dispatching']);
    expect(from('accepted')).toEqual(['dispatching', 'unknown']);
    expect(from('claimed')).toEqual(['planned', 'claimed']);
    expect(from('failed')).toEqual(['dispatching']);
    expect(from('planned')).toEqual(['planned', 'claimed', 'dispatching', 'unknown']);
  });

  it('is tried again after twice as long each time, an hour at most', () => {
    expect([0, 1, 2, 3, 11, 12, 13, 40].map(backoffSeconds)).toEqual([1, 1, 2, 4, 1_024, 2_048, 3_600, 3_600]);
  });
});
