import { sql } from 'kysely';
import { usableFields } from '../../../domain/crm/enrichment.input.ts';
import type { EnrichmentSubject } from '../../../domain/crm/enrichment.port.ts';
import type { EnrichmentProviderCode } from '../../../domain/crm/enrichment.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { readAccount } from '../accounts/account-view.ts';
import { updateAccount } from '../accounts/change-account.ts';
import { prospectOfEmail } from '../prospects/create-prospect.ts';
import { readProspect } from '../prospects/prospect-view.ts';
import { updateProspect } from '../prospects/update-prospect.ts';

export interface KnownRecord {
  kind: EnrichmentSubject['kind'];
  id: string;
  /** By the names of the API; of enrichment data the values. */
  values: Record<string, unknown>;
}

const PROSPECT_COLUMNS = [
  'email',
  'phone',
  'firstName',
  'lastName',
  'title',
  'company',
  'linkedinUrl',
  'country',
  'timeZone',
];
const ACCOUNT_COLUMNS = ['industry', 'employeeCount', 'annualRevenue', 'location', 'phone', 'website', 'description'];

/** What is known of the record of a target; null when it was deleted meanwhile. */
export async function readKnown(ctx: Ctx, targetId: string): Promise<KnownRecord | null> {
  const { rows } = await sql<{ prospectId: string | null; accountId: string | null }>`
    select p.id as "prospectId", a.id as "accountId" from enrichment_targets t
    left join prospects p on p.organization_id = t.organization_id and p.id = t.prospect_id and p.deleted_at is null
    left join accounts a on a.organization_id = t.organization_id and a.id = t.account_id and a.deleted_at is null
    where t.organization_id = ${ctx.organizationId} and t.id = ${targetId}`.execute(ctx.tx);
  const { prospectId = null, accountId = null } = rows[0] ?? {};
  if (prospectId !== null) {
    const prospect = await readProspect(ctx, prospectId);
    const told = Object.entries(prospect.enrichmentData).map(([field, entry]) => [field, toldValue(entry)]);
    return {
      kind: 'prospect',
      id: prospectId,
      values: { ...Object.fromEntries(told), ...pick(prospect, PROSPECT_COLUMNS) },
    };
  }
  if (accountId === null) return null;
  const account = await readAccount(ctx, accountId);
  return {
    kind: 'account',
    id: accountId,
    values: {
      ...account.profile?.facts,
      name: account.name,
      domain: account.domain,
      ...pick(account, ACCOUNT_COLUMNS),
    },
  };
}

/** Fills gaps and never replaces what is there; each value is kept with its provider. Answers the names of the filled. */
export async function fillRecord(
  ctx: Ctx,
  record: KnownRecord,
  wanted: readonly string[],
  told: Readonly<Record<string, unknown>>,
  provider: EnrichmentProviderCode,
): Promise<string[]> {
  const found = usableFields(record.kind, wanted, record.values, told);
  // Somebody else's address stays theirs.
  if (record.kind === 'prospect' && typeof found.email === 'string' && (await prospectOfEmail(ctx, found.email))) {
    delete found.email;
  }
  const filled = Object.keys(found);
  if (filled.length === 0) return [];
  if (record.kind === 'prospect') {
    const changes = pick(found, PROSPECT_COLUMNS);
    if (Object.keys(changes).length > 0) await updateProspect(ctx, { id: record.id, changes });
    const entries = Object.fromEntries(
      Object.entries(found).map(([field, value]) => [field, { value, provider, at: ctx.now.toISOString() }]),
    );
    await sql`
      update prospects set enrichment_data = enrichment_data || ${JSON.stringify(entries)}::jsonb
      where organization_id = ${ctx.organizationId} and id = ${record.id}`.execute(ctx.tx);
    return filled;
  }
  const changes = pick(found, ACCOUNT_COLUMNS);
  if (Object.keys(changes).length > 0) await updateAccount(ctx, { id: record.id, changes });
  const facts = Object.fromEntries(Object.entries(found).filter(([field]) => !ACCOUNT_COLUMNS.includes(field)));
  if (Object.keys(facts).length > 0) {
    await sql`
      insert into company_profiles (account_id, facts, source, researched_at)
      values (${record.id}, ${JSON.stringify(facts)}::jsonb, ${provider}, ${ctx.now})
      on conflict (organization_id, account_id) do update
      set facts = company_profiles.facts || excluded.facts, source = coalesce(company_profiles.source, excluded.source),
          researched_at = excluded.researched_at`.execute(ctx.tx);
  }
  return filled;
}

const toldValue = (entry: unknown): unknown =>
  typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : entry;

const pick = (row: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
