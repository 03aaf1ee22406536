import type { Ctx } from '../../core/context.ts';
import { type Delivery, receive } from '../../platform/inbox/index.ts';
import type { VerifiedSource } from '../telephony/verify-delivery.ts';

/**
 * Keeps deliveries of any number of integrations of the organization, each once. Answers of each whether it was here before,
 * in this group too.
 */
export async function receiveAll(
  ctx: Ctx,
  all: readonly { readonly source: VerifiedSource; readonly delivery: Delivery }[],
): Promise<boolean[]> {
  const bySource = Map.groupBy(all, ({ source: { source, auth } }) => `${source} ${auth}`);
  const isNew = new Map<string, Set<string>>();
  for (const [name, group] of [...bySource].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { source, auth } = group[0]!.source;
    isNew.set(name, new Set(await receive(ctx, { source, auth, deliveries: group.map(({ delivery }) => delivery) })));
  }
  // The first of a key in the group is the one that is new.
  return all.map(({ source: { source, auth }, delivery }) => !isNew.get(`${source} ${auth}`)!.delete(delivery.key));
}
