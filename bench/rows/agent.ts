import { DEVELOPMENT_ENCRYPTION_KEY } from '../../config.ts';
import { freePort, waitUntil } from '../../dev/host.ts';
import { approveMessage, configureAgent, startProspect } from '../../services/agent/bdr/index.ts';
import { createProspect } from '../../services/crm/index.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { workflowIdOf } from '../../temporal/processes/workflow-id.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { commit, openGateway, productEnv } from '../lib/product.ts';
import { alone, median, type Result } from '../lib/results.ts';

const PEOPLE = 50;
const LONGEST_MS = 120_000;

/** People written to one after the other, each message approved by a person: events of the history for a drafted message. */
export async function agentStep(context: BenchContext): Promise<Result[]> {
  const people = Math.max(5, Math.round(PEOPLE * context.scale));
  const facts = await httpDatabase(context);
  const address = await context.temporalAddress();
  const port = await freePort();
  const worker = startProcess('workers/main.ts', {
    env: productEnv(facts.url, {
      TEMPORAL_ADDRESS: address,
      WORKER_HEALTH_PORT: String(port),
      ENCRYPTION_KEY: DEVELOPMENT_ENCRYPTION_KEY,
    }),
  });
  context.cleanUp(worker.stop);
  const { client, dispatcher } = openGateway(address, facts.databases, PROCESSES, context);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  await commit(facts.databases, (ctx) => configureAgent(ctx, { changes: CONFIGURATION }));
  const events: number[] = [];
  const milliseconds: number[] = [];
  for (let number = 0; number < people; number++) {
    const { prospectId, approvalId, waited } = await draft(facts, dispatcher, number);
    milliseconds.push(waited);
    const approved = await commit(facts.databases, (ctx) => approveMessage(ctx, { id: approvalId }));
    await dispatcher.dispatch(approved.commandIds);
    await until('sent', async () => (await statusOf(facts, prospectId)) === 'sent');
    const id = workflowIdOf({
      process: 'bdrProspect',
      organizationId: ORGANIZATION,
      entityId: prospectId,
      generation: 1,
    });
    const handle = client.workflow.getHandle(id);
    // Until it sleeps again: the look that sent the message belongs to it.
    await until('asleep', async () => {
      const { raw } = await handle.describe();
      return (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask;
    });
    events.push((await handle.fetchHistory()).events?.length ?? 0);
  }
  const most = Math.max(...events);
  context.report(`agent step: ${median(events)} events for a drafted message, ${most} at most`);
  return [
    alone('agent step, history events per drafted message', 'events', most, 27),
    alone('agent step, start to draft p50', 'ms', median(milliseconds)),
  ];
}

const CONFIGURATION = {
  isActive: true,
  discoveryEnabled: false,
  offerStatements: ['Our product shows which touch earned what.'],
  maxDailyTouches: 10_000,
  workingHours: { timezone: 'UTC', startHour: 0, endHour: 24, days: [1, 2, 3, 4, 5, 6, 7] },
};

async function draft(
  facts: HttpFacts,
  dispatcher: ReturnType<typeof openGateway>['dispatcher'],
  number: number,
): Promise<{ prospectId: string; approvalId: string; waited: number }> {
  const fields = { firstName: 'Ada', email: `a${number}@globex.example`, title: 'CTO', company: 'Globex' };
  const { value: prospect } = await commit(facts.databases, (ctx) => createProspect(ctx, fields));
  const begun = performance.now();
  const started = await commit(facts.databases, (ctx) => startProspect(ctx, { prospectId: prospect.id }));
  await dispatcher.dispatch(started.commandIds);
  await until('drafted', async () => (await statusOf(facts, prospect.id)) === 'pending');
  const waited = performance.now() - begun;
  const [row] = await facts.owner<
    { id: string }[]
  >`select id from bdr_approval_queue where prospect_id = ${prospect.id}`;
  return { prospectId: prospect.id, approvalId: row!.id, waited };
}

async function statusOf({ owner }: HttpFacts, prospectId: string): Promise<string | undefined> {
  const [row] = await owner<{ status: string }[]>`
    select status from bdr_approval_queue where prospect_id = ${prospectId}`;
  return row?.status;
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  if (!(await waitUntil(check, LONGEST_MS))) throw new Error(`Nothing is ${what}.`);
}
