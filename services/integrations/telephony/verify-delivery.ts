import { sql } from 'kysely';
import { AppError, invalid, notFound } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import type { TelephonySettings } from '../../../domain/integrations/telephony.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { ANONYMOUS_PRINCIPAL, type Ctx } from '../../core/context.ts';
import type { Secrets } from '../../core/secrets.ts';
import { createSharedLookUp } from '../../core/shared-look-up.ts';
import { inTransaction } from '../../core/transaction.ts';
import { webhookSecretPlace } from '../installed/source.ts';
import { type Proof, proofOf, type SignedRequest } from './signatures.ts';

/** The integration that a delivery was proved to come from. */
export interface VerifiedSource {
  readonly organizationId: string;
  readonly source: string;
  readonly auth: Proof;
}

export interface DeliveryToVerify extends SignedRequest {
  /** Slug of the provider. */
  readonly platform: string;
  /** `X-Tenant-ID`, else `?tenant_id=`. */
  readonly tenantId: string | undefined;
  /** One of several of the platform; without it each may have signed. */
  readonly integrationId?: string | undefined;
}

/** @throws AppError not_found for a provider that sends none; validation `TENANT_REQUIRED`; unauthorized `INVALID_SIGNATURE`, whatever is wrong. */
export type VerifyDelivery = (delivery: DeliveryToVerify) => Promise<VerifiedSource>;

/**
 * The organization is the one that the address names, and its secret has to agree: what the body says counts for nothing.
 * Deliveries of one integration that come at once share a look-up of its secrets.
 */
export function createDeliveryVerifier(tools: { readonly db: Db; readonly secrets: Secrets }): VerifyDelivery {
  const candidatesOf = createSharedLookUp((key) => {
    const [organizationId, platform, integrationId] = key.split(' ') as [string, string, string];
    const scope = { organizationId, principal: ANONYMOUS_PRINCIPAL, now: new Date(0) };
    return inTransaction(
      tools.db,
      scope,
      (ctx) => readCandidates(ctx, tools.secrets, { platform, integrationId: integrationId || null }),
      { readOnly: true },
    );
  });
  return async (delivery) => {
    const provider = findProvider(delivery.platform);
    if (!provider?.webhook) throw notFound('The provider', 'GET /integrations/marketplace lists who sends webhooks.');
    const organizationId = tenantOf(delivery.tenantId);
    const candidates = await candidatesOf(`${organizationId} ${provider.slug} ${delivery.integrationId ?? ''}`);
    for (const { source, secret, previous, settings } of candidates) {
      const secrets = previous !== null && previous.until > delivery.now ? [secret, previous.secret] : [secret];
      const auth = proofOf(delivery, secrets, provider.webhook);
      if (auth === null || (auth === 'static' && settings.requireSignature === true)) continue;
      return { organizationId, source, auth };
    }
    throw unproved();
  };
}

function tenantOf(given: string | undefined): string {
  if (given === undefined || given === '') {
    const hint = 'Send the id of the organization in X-Tenant-ID, or as ?tenant_id= where headers cannot be set.';
    const { message, extras } = invalid('X-Tenant-ID', 'The organization is missing.', undefined, hint);
    throw new AppError('validation', 'TENANT_REQUIRED', message, extras);
  }
  if (!UUID.test(given)) throw unproved();
  return given.toLowerCase();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One answer for all reasons: it tells nobody which organizations and integrations there are. */
const unproved = (): AppError =>
  new AppError('unauthorized', 'INVALID_SIGNATURE', 'The delivery is not signed by this integration.', {
    hint: 'Sign the exact body with the webhook secret and a current timestamp; /docs and TELEPHONY_INTEGRATION_GUIDE.md show how.',
  });

interface Candidate {
  readonly source: string;
  readonly settings: TelephonySettings;
  readonly secret: string;
  readonly previous: { readonly secret: string; readonly until: Date } | null;
}

async function readCandidates(
  ctx: Ctx,
  secrets: Secrets,
  { platform, integrationId }: { platform: string; integrationId: string | null },
): Promise<Candidate[]> {
  const { rows } = await sql<{
    id: string;
    source: string;
    settings: TelephonySettings;
    secret: Uint8Array;
    previous: Uint8Array | null;
    until: Date | null;
  }>`
    select id, source, settings, webhook_secret as secret, previous_webhook_secret as previous,
           previous_webhook_secret_expires_at as until
    from team_integrations
    where organization_id = ${ctx.organizationId} and provider = ${platform} and deleted_at is null
      and status <> 'disabled' and webhook_secret is not null
      and (${integrationId}::uuid is null or id = ${integrationId}::uuid)
    order by created_at, id`.execute(ctx.tx);
  if (rows.length === 0) return [];
  const box = await secrets.openBox(ctx);
  return rows.map(({ id, source, settings, secret, previous, until }) => ({
    source,
    settings,
    secret: box.open(webhookSecretPlace(id), secret),
    previous:
      previous && until
        ? { secret: box.open(webhookSecretPlace(id, 'previous_webhook_secret'), previous), until }
        : null,
  }));
}
