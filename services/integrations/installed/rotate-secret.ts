import { conflict, invalid } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import type { Secrets } from '../../core/secrets.ts';
import { requireVersion } from '../../core/versions.ts';
import { newWebhookSecret } from '../../platform/webhooks/index.ts';
import { lockIntegration } from './change-integration.ts';
import type { IntegrationWithSecret } from './install-integration.ts';
import { readIntegration } from './integration-view.ts';
import { webhookSecretPlace } from './source.ts';

export interface RotateIntegrationSecretInput {
  secrets: Secrets;
  id: string;
  /** How long deliveries that are signed by the secret until now are still taken in; 0 ends it at once. */
  overlapSeconds: number;
  /** Where the provider makes the secret; otherwise a new one is made here. */
  webhookSecret?: string | undefined;
  expectedVersion?: number | undefined;
}

/**
 * A new secret for what the provider sends. A second rotation within the overlap ends the oldest secret.
 * @throws AppError not_found; precondition_failed; validation; conflict `NO_WEBHOOKS`.
 */
export const rotateIntegrationSecret = verb(
  { permission: 'integrations.edit' },
  async (ctx, input: RotateIntegrationSecretInput): Promise<IntegrationWithSecret> => {
    const { id, overlapSeconds } = input;
    const row = await lockIntegration(ctx, id);
    requireVersion(row.version, input.expectedVersion);
    const provider = findProvider(row.provider);
    if (!provider?.webhook) {
      throw conflict('NO_WEBHOOKS', 'Nothing comes in from this provider by webhook.', {
        hint: 'GET /integrations/marketplace lists who sends webhooks.',
      });
    }
    if (provider.webhook === 'stripe' && input.webhookSecret === undefined) {
      throw invalid('webhookSecret', `is required: ${provider.name} makes its own`);
    }
    const secret = input.webhookSecret ?? newWebhookSecret();
    const box = await input.secrets.box(ctx);
    const kept =
      overlapSeconds === 0 || row.webhook_secret === null
        ? null
        : box.seal(
            webhookSecretPlace(id, 'previous_webhook_secret'),
            box.open(webhookSecretPlace(id), row.webhook_secret),
          );
    await ctx.tx
      .updateTable('team_integrations')
      .set({
        webhook_secret: box.seal(webhookSecretPlace(id), secret),
        previous_webhook_secret: kept,
        previous_webhook_secret_expires_at: kept === null ? null : new Date(ctx.now.getTime() + overlapSeconds * 1_000),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'integration.rotate_secret', {
      entityType: 'integration',
      entityId: id,
      after: { overlapSeconds },
    });
    return { ...(await readIntegration(ctx, id)), webhookSecret: secret };
  },
);
