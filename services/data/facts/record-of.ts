import type { Identifier } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { FactOrigin } from '../journey/evidence.ts';
import { keepCanonical } from '../journey/link-customers.ts';
import { findIdentifiers, resolveFacts } from '../journey/resolve-customers.ts';

/** The record that the identifiers of one fact resolve to; a new one when they name nobody. */
export async function recordOf(ctx: Ctx, identifiers: readonly Identifier[], origin: FactOrigin): Promise<string> {
  const known = await findIdentifiers(ctx, identifiers);
  const { customerIds, linked } = await resolveFacts(ctx, [identifiers], known, [origin]);
  if (linked.length > 0) await keepCanonical(ctx, linked);
  return customerIds[0]!;
}
