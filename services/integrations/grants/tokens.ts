import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { isDue, type TokenSet } from '../../../domain/integrations/oauth.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { SecretPlace, Secrets } from '../../core/secrets.ts';
import { integrationNeedsReauth } from '../events.ts';

export const tokenPlace = (rowId: string, field: 'access_token' | 'refresh_token' | 'pending_grant'): SecretPlace => ({
  table: 'integration_tokens',
  field,
  rowId,
});

/** What came back from the provider and waits to be exchanged. */
export interface PendingGrant {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

export type TokenState =
  | { readonly state: 'ready'; readonly accessToken: string }
  /** Somebody else is renewing it. */
  | { readonly state: 'wait' }
  /** The caller renews it, and nobody else until the claim ends. */
  | { readonly state: 'renew'; readonly claim: string; readonly refreshToken: string }
  | { readonly state: 'exchange'; readonly claim: string; readonly grant: PendingGrant }
  /** Only a person can connect it again. */
  | { readonly state: 'none' };

/** Longer than a call to a token endpoint may take. */
const CLAIM_SECONDS = 30;

/**
 * The token to call with, or the task to get one. Decided under the lock of the row, so that of many workers that find
 * a token too old one renews it: providers that rotate refresh tokens take each of them once.
 */
export async function takeToken(
  ctx: Ctx,
  secrets: Secrets,
  { integrationId, refused }: { integrationId: string; refused?: string | undefined },
): Promise<TokenState> {
  const row = await ctx.tx
    .selectFrom('integration_tokens')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return { state: 'none' };
  const box = await secrets.openBox(ctx);
  const isClaimed = row.claimed_until !== null && row.claimed_until > ctx.now;
  if (row.pending_grant !== null) {
    if (isClaimed) return { state: 'wait' };
    const grant = JSON.parse(box.open(tokenPlace(integrationId, 'pending_grant'), row.pending_grant)) as PendingGrant;
    return { state: 'exchange', claim: await claimRow(ctx, integrationId), grant };
  }
  if (row.access_token === null || row.issued_at === null || row.expires_at === null) return { state: 'none' };
  const accessToken = box.open(tokenPlace(integrationId, 'access_token'), row.access_token);
  const isUsable = accessToken !== refused && row.expires_at > ctx.now;
  if (isUsable && (isClaimed || row.refresh_token === null || !isDue(row.issued_at, row.expires_at, ctx.now))) {
    return { state: 'ready', accessToken };
  }
  if (isClaimed) return { state: 'wait' };
  if (row.refresh_token === null) return { state: 'none' };
  const refreshToken = box.open(tokenPlace(integrationId, 'refresh_token'), row.refresh_token);
  return { state: 'renew', claim: await claimRow(ctx, integrationId), refreshToken };
}

async function claimRow(ctx: Ctx, integrationId: string): Promise<string> {
  const claim = randomUUID();
  await ctx.tx
    .updateTable('integration_tokens')
    .set({ claim, claimed_until: new Date(ctx.now.getTime() + CLAIM_SECONDS * 1_000) })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .execute();
  return claim;
}

/** Keeps new tokens and ends the claim; a refresh token that the provider did not replace goes on. */
export async function storeTokens(
  ctx: Ctx,
  secrets: Secrets,
  { integrationId, claim, tokens }: { integrationId: string; claim: string; tokens: TokenSet },
): Promise<void> {
  const box = await secrets.box(ctx);
  const sealed = tokens.refreshToken && box.seal(tokenPlace(integrationId, 'refresh_token'), tokens.refreshToken);
  await ctx.tx
    .updateTable('integration_tokens')
    .set({
      access_token: box.seal(tokenPlace(integrationId, 'access_token'), tokens.accessToken),
      ...(sealed ? { refresh_token: sealed, rotations: sql<number>`rotations + 1` } : {}),
      ...(tokens.instanceUrl === null ? {} : { instance_url: tokens.instanceUrl }),
      ...(tokens.scope === null ? {} : { scope: tokens.scope }),
      issued_at: ctx.now,
      expires_at: tokens.expiresAt,
      pending_grant: null,
      claim: null,
      claimed_until: null,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .where('claim', '=', claim)
    .execute();
}

/** A renewal that did not happen; the next one may try. */
export async function releaseClaim(ctx: Ctx, { integrationId, claim }: { integrationId: string; claim: string }) {
  await ctx.tx
    .updateTable('integration_tokens')
    .set({ claim: null, claimed_until: null })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .where('claim', '=', claim)
    .execute();
}

/**
 * The provider has taken the grant back: tokens go, and somebody is told that a person has to connect again. Answers false
 * when somebody has done so meanwhile: then the claim is another one, and the new grant stays.
 */
export async function loseGrant(
  ctx: Ctx,
  { integrationId, claim, code }: { integrationId: string; claim: string; code: string },
): Promise<boolean> {
  const { numDeletedRows } = await ctx.tx
    .deleteFrom('integration_tokens')
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .where('claim', '=', claim)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  const { numUpdatedRows } = await ctx.tx
    .updateTable('team_integrations')
    .set({
      status: 'needs_reauth',
      last_error_code: code,
      last_error: 'The provider has ended the connection. Connect it again.',
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', integrationId)
    .where('status', 'not in', ['needs_reauth', 'disabled'])
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) {
    await emit(ctx, integrationNeedsReauth, { entityId: integrationId, data: { id: integrationId } });
  }
  return true;
}
