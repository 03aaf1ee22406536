import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_EVENT_TYPES,
  type CallEvent,
  type CallFacts,
  type CallFields,
  callerIdentifiers,
  callState,
  dispositionOf,
  withEvent,
} from './live-call.rules.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);
const iso = (seconds: number) => at(seconds).toISOString();

const says = fc.record<Partial<CallFields>>(
  {
    from: fc.constantFrom('+14155550134', 'anonymous', '+442079460000'),
    agentExternalId: fc.constantFrom('a-1', 'a-2'),
    startedAt: fc.integer({ min: 0, max: 60 }).map(iso),
    endedAt: fc.integer({ min: 30, max: 600 }).map(iso),
    durationSeconds: fc.integer({ min: 0, max: 600 }),
    primaryIntent: fc.constantFrom('purchase', 'support'),
    purchaseProbability: fc.double({ min: 0, max: 1, noNaN: true }),
    outcome: fc.constantFrom('sale', 'busy'),
  },
  { requiredKeys: [] },
);
const extra = fc.constantFrom({}, { queue: 'x' }, { queue: 'y', skill: 1 });
/** Moments coincide often, so that ties are met. */
const events: fc.Arbitrary<CallEvent[]> = fc
  .array(
    fc.record({ type: fc.constantFrom(...CALL_EVENT_TYPES), second: fc.integer({ min: 0, max: 5 }), says, extra }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((list) => list.map(({ second, ...event }, n) => ({ ...event, key: `e${n}`, occurredAt: at(second * 60) })));

const fold = (list: readonly CallEvent[]): CallFacts => list.reduce(withEvent, {} as CallFacts);
const inOrder = (list: readonly CallEvent[]) =>
  [...list].sort(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() ||
      CALL_EVENT_TYPES.indexOf(a.type) - CALL_EVENT_TYPES.indexOf(b.type) ||
      (a.key < b.key ? -1 : 1),
  );

describe('the facts of a call', () => {
  it('are those of the events in order, however they come and however often', () => {
    const shuffled = events.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list, ...list, ...list], { minLength: list.length * 3, maxLength: list.length * 3 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([list, arriving]) => {
        expect(fold(arriving)).toEqual(fold(inOrder(list)));
      }),
      { numRuns: 400 },
    );
  });

  it('hold for each field what the newest event that speaks of it says', () => {
    fc.assert(
      fc.property(events, (list) => {
        const facts = fold(list);
        for (const field of ['from', 'outcome', 'durationSeconds'] as const) {
          const speaking = inOrder(list).filter((event) => event.says[field] !== undefined);
          expect(facts[field]?.value).toEqual(speaking.at(-1)?.says[field]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the times of a call', () => {
  const event = (type: CallEvent['type'], second: number, fields: Partial<CallFields> = {}): CallEvent => ({
    key: `${type} ${second}`,
    type,
    occurredAt: at(second),
    says: fields,
  });
  const heard = { first: at(5), silentSince: null };

  it.each([
    ['nothing but a word in between', [event('call.intent.detected', 5)], 'live', 5, null, null],
    ['both events', [event('call.started', 0), event('call.ended', 90)], 'ended', 0, 90, 90],
    ['an end alone, with its duration', [event('call.ended', 90, { durationSeconds: 60 })], 'ended', 30, 90, 60],
    ['an end before its start', [event('call.started', 50), event('call.ended', 20)], 'ended', 50, 50, 0],
    [
      'stated times over those of events',
      [event('call.started', 9, { startedAt: iso(3) }), event('call.ended', 99, { endedAt: iso(93) })],
      'ended',
      3,
      93,
      90,
    ],
  ] as const)('of %s', (_name, list, status, start, end, duration) => {
    const state = callState(fold(list), heard);
    expect([state.status, state.startedAt, state.endedAt, state.durationSeconds]).toEqual([
      status,
      at(start),
      end === null ? null : at(end),
      duration,
    ]);
  });

  it('end with the last word when nobody has told the end, and with the real end once it is told', () => {
    const silent = { first: at(0), silentSince: at(40) };
    const open = fold([event('call.started', 0)]);
    expect(callState(open, silent)).toMatchObject({ endReason: 'silence', endedAt: at(40), durationSeconds: 40 });
    const late = withEvent(open, event('call.ended', 30));
    expect(callState(late, silent)).toMatchObject({ endReason: 'reported', endedAt: at(30), durationSeconds: 30 });
  });
});

describe('the other side of a call', () => {
  const facts = (fields: Partial<CallFields>) =>
    withEvent({}, { key: 'e', type: 'call.started', occurredAt: at(0), says: fields });

  it.each([
    [{ from: '+1 (415) 555-0134', to: '+14155550100' }, [{ type: 'phone', value: '+1 (415) 555-0134' }]],
    [{ direction: 'outbound', from: '+14155550100', to: '+442079460000' }, [{ type: 'phone', value: '+442079460000' }]],
    [{ from: 'Anonymous' }, []],
    [{ from: 'sip:ada@example.com' }, [{ type: 'caller', value: 'sip:ada@example.com' }]],
    [{ from: '1234' }, [{ type: 'caller', value: '1234' }]],
    [{ from: '+14155550100', customer: { phone: '+14155550134' } }, [{ type: 'phone', value: '+14155550134' }]],
  ] as const)('of %j', (fields, expected) => {
    expect(callerIdentifiers(facts(fields as Partial<CallFields>))).toEqual(expected);
  });
});

describe('the disposition', () => {
  it.each([
    ['No Answer', 0, 'no_answer'],
    ['left voicemail', 20, 'voicemail'],
    ['sale', 240, 'answered'],
    [null, null, null],
  ] as const)('of the outcome %s after %s seconds is %s', (outcome, seconds, expected) => {
    expect(dispositionOf(outcome, seconds)).toBe(expected);
  });
});
