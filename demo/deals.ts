import type { DealStage } from '../domain/crm/deal.rules.ts';
import type { Ctx } from '../services/core/context.ts';
import { type DealOfOld, importDeals, listDeals } from '../services/crm/index.ts';
import type { DemoAccount } from './companies.ts';
import type { DemoDefinition } from './definition.ts';
import type { DemoProspect } from './prospects.ts';
import { Random } from './random.ts';

const STREAM = 420_000;
const DAY = 86_400_000;
/** Deals per person of the demo. */
const PER_PERSON = 0.075;
const PATH: readonly DealStage[] = ['discovery', 'qualification', 'proposal', 'negotiation'];
const PRODUCTS = ['Voice seats', 'Night desk', 'Onboarding package', 'Renewal', 'Pilot', 'Call analytics'];
const LOST = ['price', 'no budget', 'chose a competitor', 'no decision'];
const WON = ['support quality', 'price', 'speed of rollout', 'integration'];

/**
 * Deals of the last five months with their way through the stages, each step at its own time: all in this transaction,
 * or, when they are there, nothing.
 */
export async function createDeals(
  ctx: Ctx,
  definition: DemoDefinition,
  accounts: readonly DemoAccount[],
  prospects: readonly DemoProspect[],
): Promise<void> {
  if ((await listDeals(ctx, { page: 1, limit: 1 })).total > 0) return;
  const byDomain = Map.groupBy(prospects, ({ row }) => row.email!.split('@')[1]!);
  const count = Math.max(3, Math.round(definition.people * PER_PERSON));
  const deals = Array.from({ length: count }, (_, index) => {
    const account = accounts[(index * 7) % accounts.length]!;
    const contacts = byDomain.get(account.domain!) ?? [];
    return dealOf(ctx.now, new Random(definition.seed, STREAM + index), { account, contacts, index });
  });
  await importDeals(ctx, { deals });
}

interface Parties {
  account: DemoAccount;
  contacts: readonly DemoProspect[];
  index: number;
}

function dealOf(now: Date, random: Random, { account, contacts, index }: Parties): DealOfOld {
  const fate = random.weighted({ open: 45, won: 35, lost: 20 });
  const daysAgo = fate === 'open' ? random.between(1, 80) : random.between(30, 150);
  const at = (days: number) => new Date(now.getTime() - days * DAY);
  const moves = fate === 'open' ? random.between(0, PATH.length - 1) : random.between(1, PATH.length - 1);
  const pace = daysAgo / (moves + 2);
  const steps: DealOfOld['steps'][number][] = PATH.slice(0, moves + 1).map((stage, step) => ({
    at: at(daysAgo - step * pace),
    stage,
  }));
  const end = at(daysAgo - (moves + 1) * pace);
  if (fate === 'won') steps.push({ at: end, stage: 'closed_won', reason: WON[index % WON.length]! });
  if (fate === 'lost') steps.push({ at: end, stage: 'closed_lost', reason: LOST[index % LOST.length]! });
  return {
    name: `${account.name}: ${random.pick(PRODUCTS)}`,
    amount: `${random.between(8, 900) * 100}.00`,
    currency: random.chance(0.25) ? 'EUR' : 'USD',
    closeDate: (fate === 'open' ? at(random.between(-60, 6)) : end).toISOString().slice(0, 10),
    accountId: account.id,
    ownerId: contacts[0]?.row.ownerId ?? null,
    custom: { competitor: random.pick(['Callwave', 'Northstar', 'none']) },
    contacts: contacts
      .slice(0, 2)
      .map(({ id }, place) => ({ prospectId: id, role: place === 0 ? 'decision_maker' : 'influencer' })),
    steps,
  };
}
