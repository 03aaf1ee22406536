import type { Ctx } from '../services/core/context.ts';
import { getProspect, updateProspect } from '../services/crm/index.ts';
import { agentsOf, type DemoDefinition } from './definition.ts';
import { journeyOf } from './journeys.ts';
import { MERGED_BY_HAND, peopleOf } from './people.ts';
import type { DemoProspect } from './prospects.ts';

/** Not all of them may be written to: some have an open deal, or colleagues who are customers. */
const MOST = 28;
const DAY_MS = 86_400_000;
/** Days before the anchor on which they ordered. */
const FROM = 11;
const TO = 1;

type Work = <T>(unit: (ctx: Ctx) => Promise<T>) => Promise<T>;

/**
 * People by their e-mail address, and when they ordered for the first and only time: within the last days, so that they
 * were no customers before.
 */
export function lateBuyersOf(definition: DemoDefinition, anchor: Date): ReadonlyMap<string, Date> {
  const agents = agentsOf(definition);
  const found = new Map<string, Date>();
  for (const person of peopleOf(definition)) {
    if (found.size === MOST) break;
    if (person.orders !== 1 || MERGED_BY_HAND.some((index) => index === person.index)) continue;
    const { conversions } = journeyOf(definition, agents, anchor, person);
    const orderedAt = conversions[0]!.occurredAt;
    const daysBefore = (anchor.getTime() - orderedAt.getTime()) / DAY_MS;
    if (daysBefore <= FROM && daysBefore >= TO) found.set(person.email.value, orderedAt);
  }
  return found;
}

/** What their order made of them, at its time; whoever is a customer already stays as they are. */
export async function becomeCustomers(
  work: Work,
  buyers: ReadonlyMap<string, Date>,
  prospects: readonly DemoProspect[],
): Promise<void> {
  await work(async (ctx) => {
    for (const { id, row } of prospects) {
      const now = buyers.get(row.email ?? '');
      if (!now || (await getProspect(ctx, { id })).status === 'customer') continue;
      const changes = { status: 'customer', relationshipStage: 'customer' } as const;
      await updateProspect({ ...ctx, now, silent: true }, { id, changes });
    }
  });
}
