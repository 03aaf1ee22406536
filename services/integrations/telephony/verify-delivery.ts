import { sql } from 'kysely';
import { AppError, invalid, notFound } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import type { TelephonySettings } from '../../../domain/integrations/telephony.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { ANONYMOUS_PRINCIPAL, type Ctx } from '../../core/context.ts';
import type { Secrets } from '../../core/secrets.ts';
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

/**
 * The organization is the one that the address names, and its secret has to agree: what the body says counts for nothing.
 * @throws AppError not_found for a provider that sends none; validation `TENANT_REQUIRED`; unauthorized `INVALID_SIGNATURE`, whatever is wrong.
 */
export async function verifyDelivery(
  tools: { readonly db: Db; readonly secrets: Secrets },
  delivery: DeliveryToVerify,
): Promise<VerifiedSource> {
  const provider = findProvider(delivery.platform);
  if (!provider?.webhook) throw notFound('The provider', 'GET /integrations/marketplace lists who sends webhooks.');
  const organizationId = tenantOf(delivery.tenantId);
  const scope = { organizationId, principal: ANONYMOUS_PRINCIPAL, now: delivery.now };
  const candidates = await inTransaction(
    tools.db,
    scope,
    (ctx) => readCandidates(ctx, tools.secrets, { ...delivery, platform: provider.slug }),
    {
      readOnly: true,
    },
  );
  for (const { source, secrets, settings } of candidates) {
    const auth = proofOf(delivery, secrets, provider.webhook);
    if (auth === null || (auth === 'static' && settings.requireSignature === true)) continue;
    return { organizationId, source, auth };
  }
  throw unproved();
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
  readonly secrets: readonly string[];
}

async function readCandidates(
  ctx: Ctx,
  secrets: Secrets,
  { platform, integrationId, now }: DeliveryToVerify,
): Promise<Candidate[]> {
  const { rows } = await sql<{
    id: string;
    source: string;
    settings: TelephonySettings;
    secret: Uint8Array;
    previous: Uint8Array | null;
  }>`
    select id, source, settings, webhook_secret as secret,
           case when previous_webhook_secret_expires_at > ${now}::timestamptz then previous_webhook_secret end as previous
    from team_integrations
    where organization_id = ${ctx.organizationId} and provider = ${platform} and deleted_at is null
      and status <> 'disabled' and webhook_secret is not null
      and (${integrationId ?? null}::uuid is null or id = ${integrationId ?? null}::uuid)
    order by created_at, id`.execute(ctx.tx);
  if (rows.length === 0) return [];
  const box = await secrets.openBox(ctx);
  return rows.map(({ id, source, settings, secret, previous }) => ({
    source,
    settings,
    secrets: [
      box.open(webhookSecretPlace(id), secret),
      ...(previous ? [box.open(webhookSecretPlace(id, 'previous_webhook_secret'), previous)] : []),
    ],
  }));
}
