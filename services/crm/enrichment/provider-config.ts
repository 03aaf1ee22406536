import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { ENRICHMENT_PROVIDERS, type EnrichmentProviderCode } from '../../../domain/crm/enrichment.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { SecretPlace, Secrets } from '../../core/secrets.ts';
import { requireVersion } from '../../core/versions.ts';

export interface EnrichmentProviderView {
  id: EnrichmentProviderCode;
  name: string;
  enabled: boolean;
  /** Place in the waterfall: the lowest is asked first. */
  priority: number;
  /** Calls per month of the organization's time zone; null: as many as are needed. */
  monthlyCap: number | null;
  callsThisMonth: number;
  hasCredentials: boolean;
  version: number;
}

/** Rows of the organization over the catalogue, which has one for every provider. */
export const configuredProviders = (): RawBuilder<unknown> => sql`(
  select known.code, known.name, row.id as row_id, coalesce(row.enabled, true) as enabled,
         coalesce(row.priority, known.place) as priority, row.monthly_cap, row.credentials,
         coalesce(row.version, 0) as version, known.place
  from (values ${sql.join(
    Object.entries(ENRICHMENT_PROVIDERS).map(
      ([code, name], index) => sql`(${code}::text, ${name}::text, ${index + 1}::integer)`,
    ),
  )}) known (code, name, place)
  left join enrichment_providers row
    on row.provider = known.code and row.organization_id = (select nullif(current_setting('app.organization_id', true), '')::uuid)
)`;

/** When the organization's month began. */
export const monthStart = (ctx: Ctx): RawBuilder<Date> => sql`(
  select date_trunc('month', ${ctx.now}::timestamptz at time zone o.time_zone) at time zone o.time_zone
  from organizations o where o.id = ${ctx.organizationId})`;

async function readProviders(ctx: Ctx, code?: string): Promise<EnrichmentProviderView[]> {
  const { rows } = await sql<EnrichmentProviderView>`
    select p.code as id, p.name, p.enabled, p.priority, p.monthly_cap as "monthlyCap",
           (select coalesce(sum(l.calls), 0) from enrichment_lookups l
            where l.organization_id = ${ctx.organizationId} and l.provider = p.code
              and l.called_at >= ${monthStart(ctx)})::integer as "callsThisMonth",
           p.credentials is not null as "hasCredentials", p.version
    from ${configuredProviders()} p
    where ${code === undefined ? sql`true` : sql`p.code = ${code}`}
    order by p.priority, p.place`.execute(ctx.tx);
  return rows;
}

/** In the order of the waterfall. */
export const listEnrichmentProviders = verb(
  { permission: 'integrations.view' },
  async (ctx, _input: Record<string, never>): Promise<{ providers: EnrichmentProviderView[] }> => ({
    providers: await readProviders(ctx),
  }),
);

export interface ConfigureProviderInput {
  id: EnrichmentProviderCode;
  expectedVersion?: number | undefined;
  secrets: Secrets;
  changes: {
    enabled?: boolean | undefined;
    priority?: number | undefined;
    monthlyCap?: number | null | undefined;
    /** null takes it away. */
    apiKey?: string | null | undefined;
  };
}

const keyPlace = (rowId: string): SecretPlace => ({ table: 'enrichment_providers', field: 'credentials', rowId });

/** Partial. @throws AppError precondition_failed. */
export const configureEnrichmentProvider = verb(
  { permission: 'integrations.edit' },
  async (ctx, { id, expectedVersion, secrets, changes }: ConfigureProviderInput): Promise<EnrichmentProviderView> => {
    const before = await settledProvider(ctx, id);
    requireVersion(before.version, expectedVersion);
    const { enabled, priority, monthlyCap, apiKey } = changes;
    const columns = {
      ...(enabled === undefined ? {} : { enabled }),
      ...(priority === undefined ? {} : { priority }),
      ...(monthlyCap === undefined ? {} : { monthly_cap: monthlyCap }),
      ...(apiKey === undefined
        ? {}
        : { credentials: apiKey === null ? null : (await secrets.box(ctx)).seal(keyPlace(before.rowId), apiKey) }),
    };
    if (Object.keys(columns).length > 0) {
      await ctx.tx
        .updateTable('enrichment_providers')
        .set(columns)
        .where('organization_id', '=', ctx.organizationId)
        .where('id', '=', before.rowId)
        .execute();
      await audit(ctx, 'enrichment_provider.configure', {
        entityType: 'enrichment_provider',
        entityId: before.rowId,
        after: {
          provider: id,
          enabled,
          priority,
          monthlyCap,
          credentials: apiKey === undefined ? undefined : 'changed',
        },
      });
    }
    const [after] = await readProviders(ctx, id);
    if (!after) throw notFound('The provider');
    return after;
  },
);

/** The provider's row, made when it has none, locked; its version is the one that readers saw (0 without a row). */
async function settledProvider(ctx: Ctx, code: EnrichmentProviderCode): Promise<{ rowId: string; version: number }> {
  const inserted = await sql<{ id: string }>`
    insert into enrichment_providers (id, provider, priority)
    values (${uuidv7()}, ${code}, ${Object.keys(ENRICHMENT_PROVIDERS).indexOf(code) + 1})
    on conflict (organization_id, provider) do nothing returning id`.execute(ctx.tx);
  const row = await ctx.tx
    .selectFrom('enrichment_providers')
    .select(['id', 'version'])
    .where('organization_id', '=', ctx.organizationId)
    .where('provider', '=', code)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { rowId: row.id, version: inserted.rows.length > 0 ? 0 : row.version };
}

export interface UsableProvider {
  code: EnrichmentProviderCode;
  monthlyCap: number | null;
  apiKey: string;
}

/** Codes of those that can be asked now, in the order of the waterfall: enabled, with credentials, with a way to them. */
export async function usableProviders(
  ctx: Ctx,
  reachable: readonly EnrichmentProviderCode[],
): Promise<EnrichmentProviderCode[]> {
  const { rows } = await sql<{ code: EnrichmentProviderCode }>`
    select p.code from ${configuredProviders()} p
    where p.enabled and p.credentials is not null and p.code = any(${sql.val([...reachable])}::text[])
    order by p.priority, p.place`.execute(ctx.tx);
  return rows.map((row) => row.code);
}

/** Locked, so that calls are counted one after the other; null when it was switched off meanwhile. */
export async function takeProvider(
  ctx: Ctx,
  secrets: Secrets,
  code: EnrichmentProviderCode,
): Promise<UsableProvider | null> {
  const row = await ctx.tx
    .selectFrom('enrichment_providers')
    .select(['id', 'monthly_cap', 'credentials'])
    .where('organization_id', '=', ctx.organizationId)
    .where('provider', '=', code)
    .where('enabled', '=', true)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row?.credentials) return null;
  const box = await secrets.openBox(ctx);
  return { code, monthlyCap: row.monthly_cap, apiKey: box.open(keyPlace(row.id), row.credentials) };
}
