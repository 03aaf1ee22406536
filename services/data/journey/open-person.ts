import type { Identifier } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { findIdentifiers, resolveFacts } from './resolve-customers.ts';

/**
 * The record of somebody whom no fact need have named: the one that has the first of these identifiers which is known, else a
 * new one with all of them. Says nothing about who is the same person.
 */
export async function openPerson(ctx: Ctx, identifiers: readonly Identifier[]): Promise<string> {
  const known = await findIdentifiers(ctx, identifiers);
  for (const { type, value } of identifiers) {
    const owner = known.find((one) => one.type === type && one.value === value);
    if (owner) return owner.customerId;
  }
  const origin = { type: 'privacy_request', externalId: '', at: ctx.now };
  const { customerIds } = await resolveFacts(ctx, [identifiers], known, [origin]);
  return customerIds[0]!;
}
