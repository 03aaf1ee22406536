import type { TestDatabase } from '../../test/database.ts';
import type { SalesforceStandIn } from '../../test/integrations/salesforce.ts';
import type { Pair } from './edits.ts';

/** Several of their stages are one of ours. */
const STAGE: Readonly<Record<string, string>> = {
  Prospecting: 'discovery',
  Qualification: 'qualification',
  'Needs Analysis': 'qualification',
  'Proposal/Price Quote': 'proposal',
  'Negotiation/Review': 'negotiation',
};
const line = (...values: unknown[]): string => values.map((value) => value ?? '').join('|');

/** Every record of ours that travels, as one line each, in the words that both sides share. */
export async function ourLines({ owner }: TestDatabase, organizationId: string): Promise<string[]> {
  const rows = await owner<{ values: unknown[] }[]>`
    select json_build_array('account', name, phone, industry, description) as values from accounts
    where organization_id = ${organizationId} and deleted_at is null
    union all
    select json_build_array('contact', p.first_name, p.last_name, lower(p.email), p.title, a.name)
    from prospects p left join accounts a on a.organization_id = p.organization_id and a.id = p.account_id
    where p.organization_id = ${organizationId} and p.deleted_at is null and p.merged_into_id is null
    union all
    select json_build_array('deal', d.name, d.amount::double precision, d.stage, d.close_date::text, d.win_loss_notes, a.name)
    from deals d left join accounts a on a.organization_id = d.organization_id and a.id = d.account_id
    where d.organization_id = ${organizationId} and d.deleted_at is null`;
  return rows.map(({ values }) => line(...values)).sort();
}

export function theirLines(salesforce: SalesforceStandIn): string[] {
  const accounts = salesforce.records('Account');
  const nameOf = (id: unknown) => accounts.find(({ Id }) => Id === id)?.Name ?? null;
  return [
    ...accounts.map((row) => line('account', row.Name, row.Phone, row.Industry, row.Description)),
    ...salesforce
      .records('Contact')
      .map((row) =>
        line(
          'contact',
          row.FirstName,
          row.LastName,
          String(row.Email ?? '').toLowerCase(),
          row.Title,
          nameOf(row.AccountId),
        ),
      ),
    ...salesforce
      .records('Opportunity')
      .map((row) =>
        line(
          'deal',
          row.Name,
          row.Amount === null || row.Amount === undefined ? null : Number(row.Amount),
          STAGE[String(row.StageName)] ?? row.StageName,
          row.CloseDate,
          row.Description,
          nameOf(row.AccountId),
        ),
      ),
  ].sort();
}

/** Lines that one side has and the other has not, counted with repetition. */
export function differences(ours: readonly string[], theirs: readonly string[]): string[] {
  const open = new Map<string, number>();
  for (const one of ours) open.set(one, (open.get(one) ?? 0) + 1);
  for (const one of theirs) open.set(one, (open.get(one) ?? 0) - 1);
  return [...open].flatMap(([text, count]) =>
    count === 0 ? [] : [`${count > 0 ? 'only ours' : 'only theirs'} (${Math.abs(count)}): ${text}`],
  );
}

export async function readPairs({ owner }: TestDatabase, organizationId: string): Promise<Pair[]> {
  return owner<Pair[]>`
    select stream, external_id as "externalId", local_id as "localId" from integration_records
    where organization_id = ${organizationId} order by stream, external_id`;
}

/** Of what was deleted on either side, what is still there on one of them. */
export async function undeleted(
  { owner }: TestDatabase,
  salesforce: SalesforceStandIn,
  deleted: readonly Pair[],
): Promise<Pair[]> {
  const rows = await owner<{ id: string }[]>`
    select id from prospects where id = any(${deleted.map(({ localId }) => localId)}::uuid[]) and deleted_at is null
    union all
    select id from deals where id = any(${deleted.map(({ localId }) => localId)}::uuid[]) and deleted_at is null`;
  const living = new Set(rows.map(({ id }) => id));
  const there = new Set(['Contact', 'Opportunity'].flatMap((object) => salesforce.records(object).map(({ Id }) => Id)));
  return deleted.filter(({ localId, externalId }) => living.has(localId) || there.has(externalId));
}
