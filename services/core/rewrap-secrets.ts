import type { Db } from '../../schema/db.ts';
import { SYSTEM_PRINCIPAL } from './context.ts';
import type { Secrets } from './secrets.ts';
import { inTransaction } from './transaction.ts';

/**
 * Wraps the data keys of all organizations with the current key-encryption key; contents stay as they are. Repeatable,
 * and several processes may do it at once. Answers how many keys were wrapped anew.
 */
export async function rewrapSecrets(
  deps: { readonly appDb: Db; readonly platformDb: Db; readonly secrets: Secrets },
  now: Date,
): Promise<number> {
  const { appDb, platformDb, secrets } = deps;
  const organizations = await platformDb
    .selectFrom('data_keys')
    .select('organization_id')
    .distinct()
    .where('kek_id', '!=', secrets.kekId)
    .execute();
  let wrapped = 0;
  for (const { organization_id: organizationId } of organizations) {
    const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now };
    wrapped += await inTransaction(appDb, scope, (ctx) => secrets.rewrap(ctx));
  }
  return wrapped;
}
