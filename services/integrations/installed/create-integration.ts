import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import type { TelephonyPlatform, TelephonySettings } from '../../../domain/integrations/telephony.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { SecretPlace, Secrets } from '../../core/secrets.ts';
import { newWebhookSecret } from '../../platform/webhooks/index.ts';
import { type IntegrationView, readIntegration } from './integration-view.ts';

export type IntegrationWithSecret = IntegrationView & {
  /** Shown here and never again. */
  webhookSecret: string;
};

export interface CreateIntegrationInput {
  secrets: Secrets;
  platform: TelephonyPlatform;
  name?: string | undefined;
  teamId?: string | undefined;
  /** Default: a new random one. */
  webhookSecret?: string | undefined;
  settings?: TelephonySettings | undefined;
}

export const webhookSecretPlace = (
  rowId: string,
  field: 'webhook_secret' | 'previous_webhook_secret' = 'webhook_secret',
): SecretPlace => ({ table: 'team_integrations', field, rowId });

const NAMES = { convin: 'Convin', telephony: 'Telephony' } as const satisfies Record<TelephonyPlatform, string>;
/** Each is looked at when a delivery names none. */
const MOST_OF_A_PLATFORM = 20;

/** A telephone system that may tell of its calls from now on. @throws AppError conflict `INTEGRATION_LIMIT`. */
export const createIntegration = verb(
  { permission: 'integrations.create' },
  async (ctx, input: CreateIntegrationInput): Promise<IntegrationWithSecret> => {
    const { platform, secrets } = input;
    const id = uuidv7();
    const webhookSecret = input.webhookSecret ?? newWebhookSecret();
    const box = await secrets.box(ctx);
    await ctx.tx
      .insertInto('team_integrations')
      .values({
        id,
        name: input.name ?? NAMES[platform],
        provider: platform,
        source: await nextSource(ctx, platform),
        team_id: input.teamId ?? null,
        status: 'connected',
        settings: JSON.stringify(input.settings ?? {}),
        webhook_secret: box.seal(webhookSecretPlace(id), webhookSecret),
        installed_by: ctx.principal.userId ?? (ctx.principal.kind === 'user' ? ctx.principal.id : null),
      })
      .execute();
    const view = await readIntegration(ctx, id);
    const { name, provider, source, settings } = view;
    await audit(ctx, 'integration.create', {
      entityType: 'integration',
      entityId: id,
      after: { name, provider, source, settings },
    });
    return { ...view, webhookSecret };
  },
);

/** The platform's name, `convin-2` for the second of it: the smallest that is free, so that a reinstalled one is the same. */
export async function nextSource(ctx: Ctx, platform: string): Promise<string> {
  const { rows } = await sql<{ source: string }>`
    select source from team_integrations
    where organization_id = ${ctx.organizationId} and provider = ${platform} and deleted_at is null`.execute(ctx.tx);
  const taken = new Set(rows.map((row) => row.source));
  for (let number = 1; number <= MOST_OF_A_PLATFORM; number++) {
    const source = number === 1 ? platform : `${platform}-${number}`;
    if (!taken.has(source)) return source;
  }
  throw conflict('INTEGRATION_LIMIT', `There are ${MOST_OF_A_PLATFORM} integrations of this platform already.`, {
    hint: 'Remove one that is not used any more.',
  });
}
