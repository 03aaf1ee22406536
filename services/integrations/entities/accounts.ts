import { sql } from 'kysely';
import type { Fields } from '../../../domain/integrations/adapter.port.ts';
import { createAccount, deleteAccount, updateAccount } from '../../crm/index.ts';
import type { LocalEntity } from './entity.ts';
import { matchBy, readRecords, textOf } from './read-fields.ts';

const COLUMNS = {
  name: 'e.name',
  domain: 'e.domain',
  industry: 'e.industry',
  employeeCount: 'e.employee_count::text',
  annualRevenue: 'trim_scale(e.annual_revenue)::text',
  location: 'e.location',
  phone: 'e.phone',
  website: 'e.website',
  description: 'e.description',
};

const NUMBERS = ['employeeCount', 'annualRevenue'] as const;

/** Verbs of accounts speak of numbers. */
function valuesOf(fields: Fields): Record<string, unknown> {
  const numbers = NUMBERS.flatMap((name) =>
    fields[name] === undefined || fields[name] === null ? [] : [[name, Number(fields[name])] as const],
  );
  return { ...fields, ...Object.fromEntries(numbers) };
}

/** Companies are the same when their domains are, else when they are called the same. */
export const accountEntity: LocalEntity = {
  table: 'accounts',
  fields: new Set(Object.keys(COLUMNS)),
  read: (ctx, ids) => readRecords(ctx, 'accounts', COLUMNS, ids),
  async match(ctx, records) {
    const byDomain = await matchBy(
      ctx,
      'accounts',
      'e.domain_lower',
      records.map((fields) => textOf(fields, 'domain')?.toLowerCase() ?? null),
    );
    const byName = await matchBy(
      ctx,
      'accounts',
      'lower(e.name)',
      records.map((fields) => textOf(fields, 'name')?.toLowerCase() ?? null),
    );
    return records.map((_, index) => byDomain[index] ?? byName[index]!);
  },
  create: async (ctx, fields) =>
    (await createAccount(ctx, { ...valuesOf(fields), name: textOf(fields, 'name') ?? 'Unnamed', ownerId: null })).id,
  update: async (ctx, id, changes) => void (await updateAccount(ctx, { id, changes: valuesOf(changes) })),
  remove: async (ctx, id) => void (await deleteAccount(ctx, { id })),
  outgoing: () => sql<boolean>`e.merged_into_id is null`,
};
