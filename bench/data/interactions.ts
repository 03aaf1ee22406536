import type postgres from 'postgres';
import { ORGANIZATION } from './journeys.ts';

const START = Date.parse('2026-06-01T00:00:00Z');
const KNOWN_CUSTOMERS = 5_000;

/** Every second touch is of somebody new, the others are of people who come again and again. */
export const customerOf = (number: number): string =>
  number % 2 === 0 ? `new-${number}@example.com` : `known-${number % KNOWN_CUSTOMERS}@example.com`;

export const startOf = (number: number): string => new Date(START + number * 1_000).toISOString();

export interface BenchInteraction {
  external_interaction_id: string;
  channel: string;
  vendor_code: string;
  started_at: string;
  direction: string;
  customer_identifiers: { type: string; value: string }[];
  primary_intent: string;
  purchase_probability: number;
}

export const interactionOf = (prefix: string, number: number): BenchInteraction => ({
  external_interaction_id: `${prefix}-${number}`,
  channel: 'call',
  vendor_code: 'convin',
  started_at: startOf(number),
  direction: 'inbound',
  customer_identifiers: [{ type: 'email', value: customerOf(number) }],
  primary_intent: 'purchase_inquiry',
  purchase_probability: 0.75,
});

const FLOOR_TABLE = 'bench_floor_interactions';

/** An empty table with the columns and indexes of the product's, and nothing that resolves anybody. */
export async function prepareFloor(owner: postgres.Sql): Promise<void> {
  await owner.unsafe(`drop table if exists ${FLOOR_TABLE}`);
  await owner.unsafe(`create table ${FLOOR_TABLE} (like interactions including all)`);
}

/** Seconds that one COPY of these rows takes. */
export async function copyRows(owner: postgres.Sql, count: number, chunk = 10_000): Promise<number> {
  await owner.unsafe(`truncate ${FLOOR_TABLE}`);
  const [row] = await owner`insert into customers (organization_id) values (${ORGANIZATION}) returning id`;
  const line = (number: number) =>
    `${ORGANIZATION}\tfloor-${number}\t${row!.id}\tcall\tinbound\tpurchase_inquiry\t0.75\t${startOf(number)}\n`;
  const start = performance.now();
  const target = await owner
    .unsafe(
      `copy ${FLOOR_TABLE} (organization_id, external_id, customer_id, channel, direction, primary_intent,
                            purchase_probability, started_at) from stdin`,
    )
    .writable();
  for (let from = 0; from < count; from += chunk) {
    const text = Array.from({ length: Math.min(chunk, count - from) }, (_, index) => line(from + index)).join('');
    if (!target.write(text)) await new Promise((resolve) => target.once('drain', resolve));
  }
  await new Promise<void>((resolve, reject) => {
    target.once('finish', resolve);
    target.once('error', reject);
    target.end();
  });
  const seconds = (performance.now() - start) / 1000;
  const [stored] = await owner.unsafe(`select count(*)::int as count from ${FLOOR_TABLE}`);
  if (stored!.count !== count) throw new Error(`The floor stored ${stored!.count} of ${count} rows.`);
  return seconds;
}
