import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { Databases } from '../../schema/db.ts';
import { createCadence, enroll } from '../../services/outreach/cadences/index.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { commit, NAMESPACE, openGateway } from '../lib/product.ts';
import { compared, type Result } from '../lib/results.ts';

const PEOPLE = 10_000;
/** Starts that are under way at once, as many as a dispatcher has. */
const CONCURRENCY = 50;

/**
 * From the request until the process of everybody is started, against as many bare starts of the same workflow: half of them
 * before and half after, since a server that holds more is slower for whoever comes later.
 */
export async function bulkEnrol(context: BenchContext): Promise<Result[]> {
  const people = Math.max(100, Math.round(PEOPLE * context.scale));
  const address = await context.temporalAddress();
  const half = Math.round(people / 2);
  const before = await bareStarts(address, half, context);
  const facts = await httpDatabase(context);
  const prospectIds = await arrange(facts, people);
  const value = await enrolled(address, facts.databases, prospectIds, context);
  const after = await bareStarts(address, half, context);
  const floor = 2 / (1 / before + 1 / after);
  const [first, last] = [Math.round(before), Math.round(after)];
  context.report(`bulk enrol: floor ${first} and ${last} starts/s, product ${Math.round(value)} people/s`);
  const name = `bulk enrol ${people.toLocaleString('en-US')}`;
  return [compared(name, 'people/s', { value, floor }, { target: 0.8, better: 'higher' })];
}

async function bareStarts(address: string, count: number, context: BenchContext): Promise<number> {
  const connection = await Connection.connect({ address });
  context.cleanUp(() => connection.close());
  const { workflow } = new Client({ connection, namespace: NAMESPACE });
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left-- > 0) {
        const input = { organizationId: ORGANIZATION, enrollmentId: randomUUID() };
        // Nobody polls this queue: what is measured is the start.
        const options = { workflowId: randomUUID(), taskQueue: 'bench-nobody', args: [input] };
        await workflow.start('cadenceEnrollment', options);
      }
    }),
  );
  return count / ((performance.now() - start) / 1000);
}

async function arrange({ owner }: HttpFacts, count: number): Promise<string[]> {
  const rows = await owner<{ id: string }[]>`
    insert into prospects (organization_id, email, email_key, first_name)
    select ${ORGANIZATION}, 'p' || n || '@x.example', 'p' || n || '@x.example', 'Ada' from generate_series(1, ${count}) n
    returning id`;
  return rows.map(({ id }) => id);
}

async function enrolled(
  address: string,
  databases: Databases,
  prospectIds: readonly string[],
  context: BenchContext,
): Promise<number> {
  const { dispatcher } = openGateway(address, databases, PROCESSES, context);
  const steps = [{ type: 'email', subject: 'Hi', content: 'Hi' } as const];
  const { value: cadence } = await commit(databases, (ctx) => createCadence(ctx, { name: 'B', isActive: true, steps }));
  const start = performance.now();
  const { value } = await commit(databases, (ctx) => enroll(ctx, { id: cadence.id, prospectIds }));
  if (value.enrolledCount !== prospectIds.length) throw new Error(`Only ${value.enrolledCount} people were enrolled.`);
  const finished = await dispatcher.dispatch();
  if (finished < prospectIds.length) throw new Error(`Only ${finished} processes were started.`);
  return prospectIds.length / ((performance.now() - start) / 1000);
}
