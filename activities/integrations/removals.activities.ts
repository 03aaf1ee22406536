import type { OAuthClientPort } from '../../domain/integrations/oauth.port.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { Secrets } from '../../services/core/secrets.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { forgetGrant, grantToRevoke } from '../../services/integrations/index.ts';

export interface RemovalActivityDeps {
  db: Db;
  clock: Clock;
  secrets: Secrets;
  oauth: OAuthClientPort;
  /** Servers that stand in for providers, by slug. */
  bases: Readonly<Record<string, string>>;
}

interface RemovalInput {
  organizationId: string;
  integrationId: string;
}

export type RemovalActivities = ReturnType<typeof createRemovalActivities>;

export function createRemovalActivities({ db, clock, secrets, oauth, bases }: RemovalActivityDeps) {
  const run = <T>({ organizationId }: RemovalInput, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  return {
    /** Providers take a token that was revoked before, so a repetition is harmless. */
    async removalsRevoke(input: RemovalInput): Promise<'revoked' | 'forgotten'> {
      const grant = await run(input, (ctx) => grantToRevoke(ctx, secrets, input));
      if (grant === null) return 'forgotten';
      const { provider, token } = grant;
      await oauth.revoke(provider.oauth!, bases[provider.slug], token);
      return 'revoked';
    },
    removalsForget: (input: RemovalInput): Promise<void> => run(input, (ctx) => forgetGrant(ctx, input)),
  };
}
