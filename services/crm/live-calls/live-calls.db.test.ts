import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../domain/crm/live-call.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { applyCallEvents, type ToldCall } from './apply-events.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const CALLS = 200;
const DELIVERIES = 5;
const BATCH = 200;
const START = Date.parse('2026-06-01T08:00:00Z');

/** A generator with a seed: a failure can be run again. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return list
    .map((item) => [next(), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item);
}

const at = (call: number, second: number) => new Date(START + call * 60_000 + second * 1000);
function eventsOf(call: number): ToldCall[] {
  const told = (type: CallEvent['type'], second: number, says: CallEvent['says']): ToldCall => ({
    source: 'convin',
    callId: `call-${call}`,
    event: { key: `${type} ${call}`, type, occurredAt: at(call, second), says },
  });
  const from = `+1415555${String(1_000 + (call % 300)).padStart(4, '0')}`;
  return [
    told('call.started', 0, { from, direction: 'inbound', agentExternalId: `a-${call % 7}`, vendorCode: 'convin' }),
    told('call.intent.detected', 20, { primaryIntent: 'purchase', purchaseProbability: (call % 10) / 10 }),
    told('call.transcript.updated', 40, {
      transcriptUrl: `https://calls.example/${call}`,
      agentName: `Agent ${call % 7}`,
    }),
    told('call.ended', 60 + (call % 50), { outcome: call % 2 === 0 ? 'sale' : 'no sale' }),
  ];
}

async function tell(tenant: TestTenant, told: readonly ToldCall[]): Promise<void> {
  for (let start = 0; start < told.length; start += BATCH) {
    await tenant.run((ctx) => applyCallEvents(ctx, told.slice(start, start + BATCH)));
  }
}

const stateOf = async ({ organizationId }: TestTenant) =>
  await database.owner`
    select i.external_id, i.started_at, i.ended_at, i.direction, i.primary_intent, i.purchase_probability,
           i.transcript_url, i.metadata, v.code as vendor, a.external_id as agent, a.name as agent_name,
           (select min(x.value) from customer_identifiers x
            where x.organization_id = i.organization_id and x.customer_id = i.customer_id) as customer,
           c.status, c.duration_seconds, c.outcome
    from live_calls c
    join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id and i.voided_at is null
    join interaction_participants p on p.organization_id = i.organization_id and p.interaction_id = i.id
      and p.interaction_version = i.version
    join agents a on a.organization_id = p.organization_id and a.id = p.agent_id
    left join vendors v on v.organization_id = i.organization_id and v.id = i.vendor_id
    where c.organization_id = ${organizationId} order by i.external_id`;

describe('two hundred calls', () => {
  it('told in any order and five times each are those that were told once and in order', async () => {
    const [inOrder, anyhow] = [await createTenant(database), await createTenant(database)];
    const told = Array.from({ length: CALLS }, (_, call) => eventsOf(call)).flat();
    await tell(inOrder, told);
    await tell(anyhow, shuffled(Array.from({ length: DELIVERIES }, () => told).flat(), 20_260_630));
    const [expected, found] = [await stateOf(inOrder), await stateOf(anyhow)];
    expect(expected).toHaveLength(CALLS);
    expect(found).toEqual(expected);
    const [count] = await database.owner`
      select count(*)::integer as interactions, count(*) filter (where voided_at is not null)::integer as voided
      from interactions where organization_id = ${anyhow.organizationId}`;
    expect(count).toEqual({ interactions: CALLS, voided: 0 });
  });
});
