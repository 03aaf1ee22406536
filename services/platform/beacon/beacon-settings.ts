import { invalidAll } from '../../../domain/core/errors.ts';
import { normalizeOrigin } from '../../../domain/platform/origin.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';

export interface BeaconSettings {
  /** Origins of the pages that may send with a write key; none at first. */
  origins: string[];
  /** Of the organization. */
  version: number;
}

const ofOrganization = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('organizations')
    .select(['beacon_origins as origins', 'version'])
    .where('id', '=', ctx.organizationId);

export const getBeaconSettings = verb(
  { permission: 'integrations.view' },
  (ctx, _: undefined): Promise<BeaconSettings> => ofOrganization(ctx).executeTakeFirstOrThrow(),
);

export interface UpdateBeaconSettingsInput {
  origins: readonly string[];
  expectedVersion?: number | undefined;
}

/** The list as a whole. @throws AppError validation; precondition_failed. */
export const updateBeaconSettings = verb(
  { permission: 'integrations.edit' },
  async (ctx, { origins, expectedVersion }: UpdateBeaconSettingsInput): Promise<BeaconSettings> => {
    const normalized = origins.map(normalizeOrigin);
    const issues = origins.flatMap((value, index) =>
      normalized[index] === null
        ? [{ field: `origins.${index}`, message: 'is not the origin of a page, like https://shop.example', value }]
        : [],
    );
    if (issues.length > 0) throw invalidAll(issues);
    const before = await ofOrganization(ctx).forNoKeyUpdate().executeTakeFirstOrThrow();
    requireVersion(before.version, expectedVersion);
    const after = [...new Set(normalized.filter((origin) => origin !== null))];
    const updated = await ctx.tx
      .updateTable('organizations')
      .set({ beacon_origins: after })
      .where('id', '=', ctx.organizationId)
      .returning(['beacon_origins as origins', 'version'])
      .executeTakeFirstOrThrow();
    await audit(ctx, 'organization.beacon_origins', {
      entityType: 'organization',
      entityId: ctx.organizationId,
      before: { origins: before.origins },
      after: { origins: after },
    });
    return updated;
  },
);
