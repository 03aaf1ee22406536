import { OFFLINE_MODELS } from '../domain/agent/offline-model.rules.ts';
import type { Databases } from '../schema/db.ts';
import {
  acceptHandoff,
  advanceProspect,
  approveMessage,
  configureAgent,
  listApprovals,
  listExecutions,
  listHandoffs,
  receiveReply,
  tickAgent,
} from '../services/agent/bdr/index.ts';
import { createModelGateway } from '../services/agent/gateway/index.ts';
import type { Ctx, Scope } from '../services/core/context.ts';
import { noFaults } from '../services/core/fault-points.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { createAccount, createProspect } from '../services/crm/index.ts';
import { recordSignals } from '../services/crm/intent/index.ts';
import type { OutreachTools } from '../services/outreach/index.ts';

const COMPANIES = [
  ['Harbor Freightways', 'Logistics'],
  ['Lindqvist Optics', 'Medical devices'],
  ['Casa Verde Homes', 'Real estate'],
  ['Kestrel Insurance', 'Insurance'],
  ['Bluefin Utilities', 'Energy'],
  ['Tundra Outfitters', 'Retail'],
] as const;
const PEOPLE = [
  ['Marta', 'Keller', 'VP Sales'],
  ['Tomas', 'Brandt', 'Head of Contact Center'],
  ['Irene', 'Castell', 'COO'],
  ['Dmitri', 'Volkov', 'Director of Operations'],
] as const;
/** What those say who are handed over; each gives three criteria of four. */
const ANSWERS = [
  'Good timing. We need something like this, a budget is set aside and I decide about it. How does it connect to Salesforce?',
  'We are looking for exactly that. Budget has been approved and it is my decision. How soon could we start?',
  'Interested. Our problem is that nobody knows which calls sell. We have a budget and I own it.',
] as const;
const OPEN_HANDOFFS = 4;
const OPEN_DRAFTS = 4;

/** The last workdays before a time, the newest first, at ten in the morning of New York or later. */
function workdaysBefore(now: Date, count: number): Date[] {
  const days: Date[] = [];
  for (let at = now.getTime() - 86_400_000; days.length < count; at -= 86_400_000) {
    const day = new Date(at);
    day.setUTCHours(15, 0, 0, 0);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) days.push(day);
  }
  return days;
}

const minutes = (from: Date, count: number): Date => new Date(from.getTime() + count * 60_000);

/**
 * Two weeks of the sales agent, led through its own steps at the times of the past: people found by their intent, written to,
 * answered, handed over and taken; some drafts and handoffs wait for whoever tries it.
 */
export async function buildAgent(
  { app }: Pick<Databases, 'app'>,
  outreach: OutreachTools,
  scope: Scope,
): Promise<void> {
  const at = <T>(now: Date, work: (ctx: Ctx) => Promise<T>) => inTransaction(app, { ...scope, now }, work);
  const deps = {
    db: app,
    models: createModelGateway({ db: app, ...OFFLINE_MODELS }),
    outreach,
    outbound: null,
    knowledge: [],
    faultPoint: noFaults,
  };
  const page = { page: 1, limit: 200 };
  const [taken, answered, , , sent, found] = workdaysBefore(scope.now, 6) as [Date, Date, Date, Date, Date, Date];
  await at(found, createPeople);
  const { teamId, generation } = await at(found, (ctx) => configureAgent(ctx, { changes: CONFIGURATION }));
  await at(found, (ctx) => tickAgent(ctx, { teamId, generation }));
  const { items: executions } = await at(found, (ctx) => listExecutions(ctx, page));
  const advance = async (now: Date, some: readonly { id: string; generation: number }[]) => {
    for (const execution of some) {
      const run = { executionId: execution.id, generation: execution.generation };
      await advanceProspect(deps, { ...scope, now }, run);
    }
  };
  const open = executions.slice(0, OPEN_DRAFTS);
  const led = executions.slice(OPEN_DRAFTS);
  await advance(sent, led);
  const { items: drafts } = await at(sent, (ctx) => listApprovals(ctx, { ...page, status: 'pending' }));
  for (const { id } of drafts) await at(minutes(sent, 20), (ctx) => approveMessage(ctx, { id }));
  await advance(minutes(sent, 30), led);
  for (const [index, { prospectId }] of led.entries()) {
    const text = ANSWERS[index % ANSWERS.length]!;
    const reply = { prospectId, externalId: `demo:${prospectId}`, text, receivedAt: answered };
    await at(answered, (ctx) => receiveReply(ctx, reply));
  }
  await advance(minutes(answered, 5), led);
  const { items: handoffs } = await at(taken, (ctx) => listHandoffs(ctx, { ...page, status: 'pending' }));
  for (const { id } of handoffs.slice(OPEN_HANDOFFS)) {
    await at(minutes(taken, 30), (ctx) => acceptHandoff(ctx, { id, createDeal: true }));
  }
  await advance(minutes(taken, 40), led);
  await advance(scope.now, open);
}

const CONFIGURATION = {
  agentName: 'Nora of Northwind',
  isActive: true,
  autoApproveMessages: false,
  maxDailyTouches: 50,
  maxTouchesPerProspect: 5,
  minDelayBetweenTouchesHours: 48,
  discoveryEnabled: true,
  minIntentScore: 60,
  maxNewProspectsPerDay: 32,
  qualificationFramework: 'BANT',
  handoffThreshold: 80,
  approvalTimeoutHours: 720,
  workingHours: { timezone: 'America/New_York', startHour: 9, endHour: 17, days: [1, 2, 3, 4, 5] },
  offerStatements: [
    'Northwind Voice shows which calls led to which orders.',
    'Our voice agents answer calls by day and by night.',
  ],
} as const;

async function createPeople(ctx: Ctx): Promise<void> {
  for (const [index, [name, industry]] of COMPANIES.entries()) {
    const domain = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`;
    const account = await createAccount(ctx, { name, domain, industry, employeeCount: 120 + 85 * index });
    for (const [firstName, lastName, title] of PEOPLE) {
      const email = `${firstName}.${lastName}@${domain}`.toLowerCase();
      const person = { firstName, lastName, title, email, company: name, accountId: account.id, source: 'website' };
      const { id: prospectId } = await createProspect(ctx, person);
      const sign = { prospectId, source: 'demo', topic: 'call attribution' };
      await recordSignals(ctx, [
        { ...sign, type: 'call_intent', sourceKey: `demo:call:${prospectId}` },
        { ...sign, type: 'technographic_change', sourceKey: `demo:tech:${prospectId}` },
        { ...sign, type: 'job_posting', sourceKey: `demo:job:${prospectId}` },
        { ...sign, type: 'website_visit', sourceKey: `demo:visit:${prospectId}` },
      ]);
    }
  }
}
