import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type { Load, LoadOutcome } from './load.ts';

/** Generates load from a process of its own: `load-process.ts <Load as JSON>`, its outcome goes to the parent. */
const load = JSON.parse(process.argv[2]!) as Load;
const KNOWN_CUSTOMERS = 5_000;
const START = Date.parse('2026-06-01T00:00:00Z');
const tag = randomUUID();
let count = 0;

/** Every second touch is of somebody new; the others come from customers that earlier requests made known. */
function interaction(): string {
  const number = count++;
  const customer = number % 2 === 0 ? `new-${tag}-${number}` : `known-${number % KNOWN_CUSTOMERS}`;
  return JSON.stringify({
    external_interaction_id: `${tag}-${number}`,
    channel: 'call',
    vendor_code: 'convin',
    started_at: new Date(START + number * 1000).toISOString(),
    direction: 'inbound',
    customer_identifiers: [{ type: 'email', value: `${customer}@example.com` }],
    primary_intent: 'purchase_inquiry',
    purchase_probability: 0.75,
  });
}

const EVENTS = ['call.started', 'call.intent.detected', 'call.transcript.updated', 'call.ended'];

/** Four events of each call. */
function callEvent(): string {
  const number = count++;
  return JSON.stringify({
    event: EVENTS[number % EVENTS.length],
    event_id: `${tag}-${number}`,
    call_id: `${tag}-${Math.floor(number / EVENTS.length)}`,
    occurred_at: new Date(START + number * 1000).toISOString(),
    direction: 'inbound',
    from: `+1415555${String(number % 10_000).padStart(4, '0')}`,
    agent: { external_id: `agent-${number % 50}` },
    primary_intent: 'purchase_inquiry',
    purchase_probability: 0.75,
  });
}

const outcome = await autocannon({
  url: load.url,
  connections: load.connections,
  duration: load.seconds,
  requests: [
    load.body
      ? {
          method: 'POST',
          setupRequest: (request) => ({
            ...request,
            headers: {
              ...load.headers,
              'content-type': 'application/json',
              ...(load.idempotent ? { 'idempotency-key': `${tag}-${count}` } : {}),
            },
            body: load.body === 'call' ? callEvent() : interaction(),
          }),
        }
      : { method: 'GET', headers: load.headers },
  ],
});
const answer: LoadOutcome = {
  succeeded: outcome['2xx'],
  failed: outcome.non2xx + outcome.errors,
  perSecond: outcome['2xx'] / outcome.duration,
  p50: outcome.latency.p50,
  p99: outcome.latency.p99,
};
process.send!(answer, () => process.exit(0));
