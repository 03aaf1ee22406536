import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { readShape } from '../../../domain/core/validation.input.ts';
import { ProspectImportOptions, ProspectRow } from '../../../domain/crm/prospect.input.ts';
import type { ImportField } from '../../../domain/platform/import-mapping.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { jsonOf, numberOf, present } from '../../data/imports/index.ts';
import { type ImportedRecord, type ImportKind, keptOf, type UploadOfRows } from '../../platform/imports/index.ts';
import { prospectsImported } from '../events.ts';
import { phoneRegion } from '../prospects/customer-link.ts';
import { keysOf, matchOf, storeProspects } from './store-prospects.ts';
import { restoreProspects } from './write-prospects.ts';

const optional = (name: string, ...synonyms: string[]) => ({ name, required: false, synonyms });

/** Names of columns as other systems export them. */
export const prospectKind: ImportKind = {
  name: 'prospects',
  fields: [
    optional('id', 'prospect id'),
    optional('email', 'e-mail', 'email address', 'mail', 'work email', 'business email'),
    optional('phone', 'phone number', 'mobile', 'telephone', 'mobile phone', 'direct phone', 'work phone'),
    optional('linkedinUrl', 'linkedin', 'linkedin profile', 'linkedin profile url', 'person linkedin url'),
    optional('firstName', 'given name', 'first', 'forename'),
    optional('lastName', 'surname', 'family name', 'last'),
    optional('name', 'full name', 'contact name', 'contact'),
    optional('title', 'job title', 'position', 'role'),
    optional('company', 'company name', 'organization', 'organisation', 'employer', 'account name'),
    optional('accountId', 'account'),
    optional('status', 'lead status'),
    optional('relationshipStage', 'stage'),
    optional('priorityScore', 'priority', 'score'),
    optional('qualificationScore'),
    optional('timeZone', 'timezone', 'tz'),
    optional('language', 'lang', 'locale'),
    optional('country', 'country code'),
    optional('source', 'lead source'),
    optional('ownerId', 'owner'),
    optional('teamId', 'team'),
    optional('custom', 'custom fields'),
  ],
  ownFields: ownColumns,
  decimals: new Set(),
  read(values) {
    const entries = Object.entries(values).map(([field, value]) => [field, plain(value)] as const);
    const { name, ...fields } = Object.fromEntries(entries.filter(([field]) => !field.startsWith(OWN)));
    const own = entries.filter(([field]) => field.startsWith(OWN));
    const input = readShape(
      ProspectRow,
      present({
        ...namesOf(name, fields),
        ...fields,
        status: spelled(fields.status),
        relationshipStage: spelled(fields.relationshipStage),
        priorityScore: numberOf(fields.priorityScore),
        qualificationScore: numberOf(fields.qualificationScore),
        custom: withOwn(jsonOf(fields.custom), own),
      }),
    );
    return input instanceof AppError ? input : { input };
  },
  store: (ctx, inputs, upload) => storeProspects(ctx, inputs as ProspectRow[], upload),
  repetitionIn: async (ctx) => {
    const region = await phoneRegion(ctx);
    return { keyOf: (input, upload) => keyOf(input as ProspectRow, region, upload) };
  },
  undo: deleteImported,
  restore: restoreProspects,
  finished: (ctx, { id, created, updated }) =>
    emit(ctx, prospectsImported, { entityId: id, data: { importId: id, created, updated } }),
};

/** What the row is matched by, in a dry run as in the import itself. */
function keyOf(row: ProspectRow, region: string, { options }: UploadOfRows): string | null {
  const match = matchOf(row, keysOf(row, region), ProspectImportOptions.parse(options));
  return match ? `${match.by} ${match.value}` : null;
}

const OWN = 'custom.';

/** A column for each custom field, found by its key or label. */
async function ownColumns(ctx: Ctx): Promise<ImportField[]> {
  const rows = await ctx.tx
    .selectFrom('custom_fields')
    .select(['key', 'label'])
    .where('organization_id', '=', ctx.organizationId)
    .where('entity', '=', 'prospect')
    .orderBy('key')
    .execute();
  return rows.map(({ key, label }) => optional(`${OWN}${key}`, key, label));
}

/** Columns of their own join those of a column that holds them all; one that is no object is refused as it is. */
function withOwn(custom: unknown, own: readonly (readonly [field: string, value: unknown])[]): unknown {
  if (own.length === 0 || (custom !== undefined && (typeof custom !== 'object' || custom === null))) return custom;
  return { ...custom, ...Object.fromEntries(own.map(([field, value]) => [field.slice(OWN.length), value])) };
}

/** A cell that an export has defused, as it was. */
const plain = (value: unknown): unknown =>
  typeof value === 'string' && /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value;

/** "Do Not Contact" → do_not_contact */
const spelled = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_')
    : value;

/** A whole name, for files that have no column for its parts. */
function namesOf(name: unknown, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (name === undefined || fields.firstName !== undefined || fields.lastName !== undefined) return {};
  if (typeof name !== 'string') return { lastName: name };
  const words = name.trim().split(/\s+/);
  return words.length > 1 ? { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) } : { lastName: name };
}

/** Those that nobody has changed, linked or worked with since; the others stay. */
async function deleteImported(ctx: Ctx, records: readonly ImportedRecord[]): Promise<string[]> {
  const used = ['deal_contacts', 'activities', 'call_logs', 'meetings', 'tasks', 'contact_list_members'].map(
    (table) => sql`
      not exists (select from ${sql.table(table)} t where t.organization_id = p.organization_id and t.prospect_id = p.id)`,
  );
  const { rows } = await sql<{ id: string }>`
    update prospects p set deleted_at = ${ctx.now}
    from unnest(${sql.val(records.map((record) => record.id))}::uuid[],
                ${sql.val(records.map((record) => record.version))}::integer[]) as record(id, version)
    where p.organization_id = ${ctx.organizationId} and p.id = record.id and p.version = record.version
      and p.deleted_at is null and ${sql.join(used, sql` and `)}
    returning p.id`.execute(ctx.tx);
  return keptOf(records, rows);
}
