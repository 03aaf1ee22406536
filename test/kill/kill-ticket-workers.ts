import { setTimeout as sleep } from 'node:timers/promises';
import { createSla, createTicket, updateTicket } from '../../services/service/index.ts';
import { createTenant, type TestDatabase } from '../database.ts';
import type { ProductProcess } from '../processes/product-process.ts';

export interface KilledTickets {
  readonly tickets: number;
  /** Answered in time: nobody may be warned of them. */
  readonly spared: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Warned of although they were answered in time. */
  readonly unexpected: number;
}

const MOST_WAIT_MS = 60_000;

/** Tickets on the real server that are due while the worker is killed again and again; a part is answered in time. */
export async function killTicketWorkers(
  database: TestDatabase,
  worker: ProductProcess,
  { tickets: count, kills }: { readonly tickets: number; readonly kills: number },
): Promise<KilledTickets> {
  const tenant = await createTenant(database);
  await worker.up();
  const now = () => new Date();
  // Due in a minute, so the warning comes after twelve seconds: in the middle of the kills.
  const targets = { normal: { resolutionMinutes: 1 } };
  await tenant.run((ctx) => createSla(ctx, { name: 'Kills', isDefault: true, targets, warnAtPercent: 20 }), now());
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    ids.push((await tenant.run((ctx) => createTicket(ctx, { subject: `Ticket ${number}` }), now())).id);
  }
  const begin = performance.now();
  const inTime = ids.filter((_, index) => index % 4 === 0).slice(count / 8);
  for (const id of inTime) await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'resolved' } }), now());
  for (let kill = 0; kill < kills; kill++) {
    await worker.up(kill % 2 === 0 ? '/live' : '/ready');
    await sleep(kill * 400);
    worker.kill();
  }
  await worker.up();
  await sleep(Math.max(0, 14_000 - (performance.now() - begin)));
  const expected = async () => {
    const [row] = await database.owner<[{ spared: number }]>`
      select count(*)::int as spared from tickets
      where organization_id = ${tenant.organizationId} and resolved_at < opened_at + interval '12 seconds'`;
    return row.spared;
  };
  for (const end = performance.now() + MOST_WAIT_MS; performance.now() < end; await sleep(500)) {
    const [{ warned }] = await database.owner<[{ warned: number }]>`
      select count(distinct entity_id)::int as warned from domain_events
      where organization_id = ${tenant.organizationId} and type = 'ticket.sla_warning'`;
    if (warned >= count - (await expected())) break;
  }
  const [sums] = await database.owner<[Omit<KilledTickets, 'tickets'>]>`
    select count(*) filter (where in_time)::int as spared,
           count(*) filter (where not in_time and (events = 0 or rows = 0))::int as lost,
           count(*) filter (where events > 1 or rows > 1)::int as duplicated,
           count(*) filter (where in_time and (events > 0 or rows > 0))::int as unexpected
    from (select coalesce(t.resolved_at < t.opened_at + interval '12 seconds', false) as in_time,
                 (select count(*) from domain_events e where e.entity_id = t.id and e.type = 'ticket.sla_warning') as events,
                 (select count(*) from ticket_sla_events s where s.ticket_id = t.id and s.kind = 'warning') as rows
          from tickets t where t.organization_id = ${tenant.organizationId}) ticket`;
  return { tickets: count, ...sums };
}
