const KINDS = ['call.started', 'call.intent.detected', 'call.transcript.updated', 'call.ended'] as const;
/** Events of one call. */
export const EVENTS = KINDS.length;
const BEGIN = Date.parse('2026-06-01T08:00:00Z');
const INTENTS = ['buy', 'cancel', 'support', 'renew'];

/** What a minute of telling sets going takes minutes to be carried out where one machine is everything. */
export const DRAIN_SECONDS = 900;

/** How many callers are prospects whose calls stand in the call log. */
export const CALLERS = 40;
export const phoneOf = (caller: number): string => `+1415555${String(1000 + caller)}`;

/** Everything that a telephone system tells of a call, in the order in which it happened. Fields overlap and contradict. */
export function eventsOf(call: number): string[] {
  const at = (seconds: number) => new Date(BEGIN + call * 60_000 + seconds * 1_000).toISOString();
  const common = { call_id: `call-${call}`, direction: 'inbound', from: phoneOf(call % CALLERS), to: '+14155550100' };
  const says = [
    { agent: { external_id: `agent-${call % 7}`, name: `Agent ${call % 7}` }, started_at: at(0), language: 'en' },
    { primary_intent: INTENTS[call % 4], purchase_probability: (call % 100) / 100, outcome: 'undecided' },
    {
      transcript: [
        { speaker: `Agent ${call % 7}`, text: `Good morning, this is call ${call}.`, start_seconds: 0 },
        { speaker: 'Caller', text: 'That is too expensive for us.', start_seconds: 4 },
      ],
      primary_intent: INTENTS[(call + 1) % 4],
    },
    {
      ended_at: at(30 + (call % 50)),
      duration_seconds: 30 + (call % 50),
      outcome: call % 3 === 0 ? 'sale' : 'no sale',
      cost: `0.${10 + (call % 80)}`,
      cost_currency: 'USD',
    },
  ];
  return KINDS.map((event, index) =>
    JSON.stringify({ event, event_id: `${call}-${index}`, occurred_at: at(index * 10), ...common, ...says[index] }),
  );
}

/** The same numbers in every run, each below `below`. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

export function shuffled<T>(all: readonly T[], random: (below: number) => number): T[] {
  const order = [...all];
  for (let at = order.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
