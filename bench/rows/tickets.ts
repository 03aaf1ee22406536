import { freePort } from '../../dev/host.ts';
import { createSla, createTicket, listTickets, updateTicket } from '../../services/service/index.ts';
import { httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { commit, productEnv } from '../lib/product.ts';
import { alone, compared, median, type Result } from '../lib/results.ts';

const TICKETS = 1_000_000;
const ROUNDS = 40;
const SIGNALS = 40;
const LONGEST_MS = 20_000;

/** A page of open tickets among a million, against the bare statement of that page; and how soon a changed clock is looked at. */
export async function tickets(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const count = Math.round(TICKETS * context.scale);
  await facts.owner`
    insert into tickets (organization_id, number, subject, status, priority, channel, requester_email, opened_at)
    select ${ORGANIZATION}, n, 'Question ' || n, (array['new', 'open', 'pending', 'resolved', 'closed', 'closed', 'closed'])[1 + n % 7],
           (array['low', 'normal', 'high', 'urgent'])[1 + n % 4], 'email', 'customer' || n % 50000 || '@example.com',
           timestamptz '2024-01-01' + n * interval '1 minute'
    from generate_series(1, ${count}::integer) n`;
  await facts.owner.unsafe('vacuum (analyze) tickets');
  context.report(`tickets: ${count} are there`);
  const times = { product: [] as number[], floor: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.floor.push(await timed(() => barePage(facts.owner)));
    times.product.push(
      await timed(() =>
        commit(facts.databases, (ctx) =>
          listTickets(ctx, { status: 'open', page: 1, limit: 50, sort: [{ field: 'createdAt', descending: true }] }),
        ),
      ),
    );
  }
  const [value, floor] = [median(times.product), median(times.floor)];
  context.report(`ticket list: floor ${floor.toFixed(1)} ms, product ${value.toFixed(1)} ms`);
  const name = context.scale === 1 ? 'ticket list at 1 M' : `ticket list at ${count}`;
  return [
    compared(name, 'ms', { value, floor }, { target: null, better: 'lower' }),
    alone('SLA signal', 'ms', await slaSignal(context, facts)),
  ];
}

type Facts = Awaited<ReturnType<typeof httpDatabase>>;

/** With the number of all, which every list tells. */
const barePage = (owner: Facts['owner']) => owner`
  select *, (select count(*) from tickets where organization_id = ${ORGANIZATION} and deleted_at is null and status = 'open') as total
  from tickets where organization_id = ${ORGANIZATION} and deleted_at is null and status = 'open'
  order by opened_at desc, id desc limit 50`;

/** From the change of a ticket to the look of its process at it. */
async function slaSignal(context: BenchContext, facts: Facts): Promise<number> {
  const port = await freePort();
  const worker = startProcess('workers/main.ts', {
    env: productEnv(facts.url, { TEMPORAL_ADDRESS: await context.temporalAddress(), WORKER_HEALTH_PORT: String(port) }),
  });
  context.cleanUp(worker.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  await commit(facts.databases, (ctx) =>
    createSla(ctx, {
      name: 'Bench',
      isDefault: true,
      targets: { urgent: { firstResponseMinutes: 1 } },
      warnAtPercent: 1,
    }),
  );
  const waits: number[] = [];
  for (let number = 0; number < SIGNALS; number++) {
    const { value: ticket } = await commit(facts.databases, (ctx) =>
      createTicket(ctx, { subject: `Signal ${number}` }),
    );
    await commit(facts.databases, (ctx) => updateTicket(ctx, { id: ticket.id, changes: { priority: 'urgent' } }));
    // The warning of an urgent ticket is due 0.6 s after its beginning; what comes on top is the way to it.
    waits.push(await untilTold(facts, ticket.id));
  }
  return median(waits);
}

async function untilTold({ owner }: Facts, ticketId: string): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < LONGEST_MS) {
    const [row] = await owner<{ late: number }[]>`
      select extract(epoch from created_at - due_at)::float * 1000 as late from ticket_sla_events where ticket_id = ${ticketId}`;
    if (row) return row.late;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The clock of a ticket was never looked at.');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
