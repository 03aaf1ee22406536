import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { SecretPlace } from '../../core/secrets.ts';

export const webhookSecretPlace = (
  rowId: string,
  field: 'webhook_secret' | 'previous_webhook_secret' = 'webhook_secret',
): SecretPlace => ({ table: 'team_integrations', field, rowId });

/** Each is looked at when a delivery names none. */
const MOST_OF_A_PROVIDER = 20;

/**
 * The provider's name, `convin-2` for the second of it: the smallest that is free, so that a reinstalled one is the same.
 * @throws AppError conflict `INTEGRATION_LIMIT`
 */
export async function nextSource(ctx: Ctx, provider: string): Promise<string> {
  const { rows } = await sql<{ source: string }>`
    select source from team_integrations
    where organization_id = ${ctx.organizationId} and provider = ${provider} and deleted_at is null`.execute(ctx.tx);
  const taken = new Set(rows.map((row) => row.source));
  for (let number = 1; number <= MOST_OF_A_PROVIDER; number++) {
    const source = number === 1 ? provider : `${provider}-${number}`;
    if (!taken.has(source)) return source;
  }
  throw conflict('INTEGRATION_LIMIT', `There are ${MOST_OF_A_PROVIDER} integrations of this provider already.`, {
    hint: 'Remove one that is not used any more.',
  });
}
