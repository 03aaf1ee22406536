import type { IntentSignalType } from '../domain/crm/intent.rules.ts';
import type { Ctx } from '../services/core/context.ts';
import { refreshStatistics } from '../services/core/statistics.ts';
import { listAccounts, listProspects } from '../services/crm/index.ts';
import {
  catchUpVisits,
  decayBatch,
  listTopIntentProspects,
  recordSignals,
  type SignalInput,
} from '../services/crm/intent/index.ts';
import { createScoringModel, listScoringModels, scoreProspects } from '../services/crm/lead-scoring/index.ts';
import type { DemoDefinition } from './definition.ts';
import { Random } from './random.ts';

type Work = <T>(unit: (ctx: Ctx) => Promise<T>) => Promise<T>;

const STREAM = 440_000;
const DAY_MS = 86_400_000;
const BATCH = 500;
/** Days before now on which something became known; the last step makes every score that of now. */
const STEPS = [40, 28, 17, 9, 4, 1, 0];

const COMPANY_NEWS: readonly (readonly [type: IntentSignalType, title: string])[] = [
  ['funding', 'Raises a new round'],
  ['job_posting', 'Looks for a head of customer support'],
  ['job_posting', 'Hires ten people for its call center'],
  ['technographic_change', 'Leaves its contact center platform'],
  ['news_mention', 'Opens a second site'],
  ['research_activity', 'Compares voice agents'],
];

/** What people and companies show of their interest; every step finds what it has done before. */
export async function buildIntent(work: Work, definition: DemoDefinition): Promise<void> {
  const quietly = <T>(unit: (ctx: Ctx) => Promise<T>) => work((ctx) => unit({ ...ctx, silent: true }));
  const everyBatch = async (step: (ctx: Ctx, after: string | null) => Promise<string | null>) => {
    let after: string | null = null;
    do {
      const from: string | null = after;
      after = await quietly((ctx) => step(ctx, from));
    } while (after !== null);
  };
  // Each step scores by what the one before has recorded, and plans for empty tables read all of it for each person.
  const refresh = () => work((ctx) => refreshStatistics(ctx, ['intent_signals', 'intent_score_history', 'prospects']));
  await everyBatch((ctx, after) => catchUpVisits(ctx, after, BATCH));
  const signals = await work((ctx) => signalsOf(ctx, definition));
  for (const days of STEPS) {
    await refresh();
    const known = signals.filter((signal) => signal.days === days).map(({ days: _, ...signal }) => signal);
    await quietly((ctx) => recordSignals({ ...ctx, now: new Date(ctx.now.getTime() - days * DAY_MS) }, known));
  }
  for (const subject of ['account', 'prospect'] as const) {
    await everyBatch(async (ctx, after) => (await decayBatch(ctx, subject, after, BATCH)).last);
  }
  await quietly((ctx) => scoreTheBest(ctx));
}

/** News of companies, and what some people did on LinkedIn. */
async function signalsOf(ctx: Ctx, { seed, prefix }: DemoDefinition): Promise<(SignalInput & { days: number })[]> {
  const random = new Random(seed, STREAM);
  const at = { page: 1, limit: 200 };
  const { items: accounts } = await listAccounts(ctx, at);
  const { items: prospects } = await listProspects(ctx, { ...at, sort: [{ field: 'email', descending: false }] });
  const companies = accounts.map(({ id, name }, index) => {
    const [type, title] = random.pick(COMPANY_NEWS);
    const days = random.pick(STEPS);
    return {
      type,
      title: `${name}: ${title}`,
      accountId: id,
      source: 'newswire',
      sourceKey: `${prefix}:news:${index}`,
      days,
    };
  });
  const people = prospects.slice(0, 120).map(({ id }, index) => ({
    type: random.pick(['linkedin_view', 'linkedin_engagement', 'email_engagement'] as const),
    prospectId: id,
    source: 'linkedin',
    sourceKey: `${prefix}:linkedin:${index}`,
    days: random.pick(STEPS),
  }));
  return [...companies, ...people];
}

/** A model of the organization's own, and the scores of those who show most. */
async function scoreTheBest(ctx: Ctx): Promise<void> {
  const { total } = await listScoringModels(ctx, { page: 1, limit: 1 });
  if (total === 0) {
    await createScoringModel(ctx, {
      name: 'Buyers of voice agents',
      description: 'Who runs a call center and shows interest now',
      weights: {
        demographic: 20,
        intent: 30,
        interactionHistory: 15,
        purchaseProbability: 15,
        firmographic: 10,
        behavioral: 10,
      },
      profile: { titles: ['Support', 'Call Center', 'Operations', 'COO'], minEmployees: 50 },
      isActive: true,
    });
  }
  const best = await listTopIntentProspects(ctx, { limit: 200 });
  await scoreProspects(
    ctx,
    best.map(({ prospectId }) => prospectId),
    'schedule',
  );
}
