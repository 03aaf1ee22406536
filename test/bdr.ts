import {
  type AgentDeps,
  advanceProspect,
  configureAgent,
  listApprovals,
  messageIsWanted,
  type Progress,
  receiveReply,
  startProspect,
} from '../services/agent/bdr/index.ts';
import { noFaults } from '../services/core/fault-points.ts';
import { createProspect } from '../services/crm/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../services/platform/sends/index.ts';
import { TICKET_KNOWLEDGE } from '../services/service/index.ts';
import type { TestDatabase, TestTenant } from './database.ts';
import { testMailing } from './http/harness.ts';
import { testModels } from './models.ts';
import { testOutreachOf } from './outreach.ts';

/** When agents of tests begin. */
const START = new Date('2026-06-30T12:00:00Z');
export const hours = (count: number) => new Date(START.getTime() + count * 3_600_000);

let replies = 0;

/** What is seen of an agent, and told to it, in the organization that a test has at the moment. */
export function bdrOf(now: () => { readonly database: TestDatabase; readonly tenant: TestTenant }) {
  return {
    approvals: async () => (await now().tenant.run((ctx) => listApprovals(ctx, { page: 1, limit: 50 }))).items,
    sends: () => now().database.owner`
      select state, suppressed_by, held_by, to_address from sends
      where organization_id = ${now().tenant.organizationId} and purpose = 'sequence' order by id`,
    reply: (prospectId: string, text: string, at = hours(30)) =>
      now().tenant.run(
        (ctx) => receiveReply(ctx, { prospectId, externalId: `r${++replies}`, text, receivedAt: at }),
        at,
      ),
  };
}

export const ALWAYS = { timezone: 'UTC', startHour: 0, endHour: 24, days: [1, 2, 3, 4, 5, 6, 7] };

/** An organization with an agent that is on, and a hand to lead it through its steps. */
export async function createBdrWorld(database: TestDatabase, tenant: TestTenant, changes: object = {}) {
  const deps: AgentDeps = {
    db: database.app,
    models: testModels(database.app),
    outreach: { ...testOutreachOf(testMailing), allowUnverified: true },
    outbound: null,
    knowledge: [TICKET_KNOWLEDGE],
    faultPoint: noFaults,
  };
  await database.owner`
    insert into users (organization_id, email, first_name, role)
    values (${tenant.organizationId}, ${`boss.${tenant.organizationId}@x.example`}, 'Bo', 'admin')`;
  await tenant.run((ctx) =>
    configureAgent(ctx, {
      changes: {
        isActive: true,
        discoveryEnabled: false,
        workingHours: ALWAYS,
        agentName: 'Grace',
        offerStatements: ['Our product shows which touch earned what.'],
        ...changes,
      },
    }),
  );
  let people = 0;
  const start = async (fields: object = {}) => {
    people += 1;
    const email = `p${people}.${tenant.organizationId.slice(0, 8)}@globex.example`;
    const prospect = await tenant.run((ctx) =>
      createProspect(ctx, { firstName: 'Ada', lastName: 'Lee', email, title: 'CTO', company: 'Globex', ...fields }),
    );
    const execution = await tenant.run((ctx) => startProspect(ctx, { prospectId: prospect.id }));
    return { prospectId: prospect.id, email, execution };
  };
  const advance = (
    execution: { id: string; generation: number },
    now?: Date,
    own: Partial<AgentDeps> = {},
  ): Promise<Progress> =>
    advanceProspect({ ...deps, ...own }, now ? { ...tenant.scope, now } : tenant.scope, {
      executionId: execution.id,
      generation: execution.generation,
    });
  const deliver = (now: Date) =>
    createSendDispatcher({
      appDb: database.app,
      platformDb: database.platform,
      secrets: testMailing.secrets,
      transport: createOutboxTransport({ db: database.app, secrets: testMailing.secrets }),
      guards: [messageIsWanted],
      clock: { now: () => now },
      faultPoint: noFaults,
      onError: (error) => {
        throw error;
      },
    }).dispatch();
  return { deps, start, advance, deliver };
}
