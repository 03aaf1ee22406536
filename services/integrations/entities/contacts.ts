import { sql } from 'kysely';
import { createProspect, deleteProspect, updateProspect } from '../../crm/index.ts';
import type { LocalEntity } from './entity.ts';
import { matchBy, readRecords, textOf } from './read-fields.ts';

const COLUMNS = {
  email: 'e.email',
  phone: 'e.phone',
  firstName: 'e.first_name',
  lastName: 'e.last_name',
  title: 'e.title',
  company: 'e.company',
  linkedinUrl: 'e.linkedin_url',
  country: 'e.country',
  language: 'e.language',
  timeZone: 'e.time_zone',
  source: 'e.source',
  accountId: 'e.account_id',
};

/** Prospects; one and the same person is found by the address. */
export const contactEntity: LocalEntity = {
  table: 'prospects',
  fields: new Set(Object.keys(COLUMNS)),
  read: (ctx, ids) => readRecords(ctx, 'prospects', COLUMNS, ids),
  match: (ctx, records) =>
    matchBy(
      ctx,
      'prospects',
      'e.email_lower',
      records.map((fields) => textOf(fields, 'email')?.toLowerCase() ?? null),
    ),
  create: async (ctx, fields) => (await createProspect(ctx, { ...fields, ownerId: null })).id,
  update: async (ctx, id, changes) => void (await updateProspect(ctx, { id, changes })),
  remove: async (ctx, id) => void (await deleteProspect(ctx, { id })),
  outgoing: () => sql<boolean>`e.merged_into_id is null`,
};
