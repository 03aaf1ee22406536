import { sql } from 'kysely';
import { type AppError, conflict, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { type CustomFieldDefinition, customFieldValue } from '../../../domain/crm/custom-field.rules.ts';
import { ProspectImportOptions, type ProspectRow } from '../../../domain/crm/prospect.input.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { ImportedRow, UploadOfRows } from '../../platform/imports/index.ts';
import { applyCustom, readDefinitions } from '../custom-fields/check-custom.ts';
import { roomForProspects } from '../prospects/create-prospect.ts';
import { type ContactKeys, keysIn, linkCustomers, phoneRegion } from '../prospects/customer-link.ts';
import { teamOfNew } from '../team-of-record.ts';
import { accountsOfDomains, existingReferences, findExisting, ownersOfEmails } from './find-prospects.ts';
import { insertProspects, updateProspects } from './write-prospects.ts';

/** A row on its way in. */
export interface Candidate extends ContactKeys {
  readonly index: number;
  readonly row: ProspectRow;
  /** What it is matched by; null is matched by nothing and becomes a record of its own. */
  readonly match: { readonly by: 'email' | 'phone' | 'id'; readonly value: string } | null;
}

/**
 * Stores rows as they stand in the file: a record that is there is changed, a later row of the same key changes what an
 * earlier one created. Set-based; rows that name one another's keys go one round after the other.
 */
export async function storeProspects(
  ctx: Ctx,
  rows: readonly ProspectRow[],
  upload: UploadOfRows,
): Promise<GroupOutcome<ImportedRow>[]> {
  const options = ProspectImportOptions.parse(upload.options);
  const outcomes = new Array<GroupOutcome<ImportedRow>>(rows.length);
  const good = await checkRows(ctx, rows, options, outcomes);
  const round: RoundState = {
    options,
    uploadId: upload.id,
    created: new Set(),
    outcomes,
    plan: await roomForProspects(ctx),
    teamId: await teamOfNew(ctx, undefined),
  };
  for (const candidates of roundsOf(good)) await storeRound(ctx, candidates, round);
  await linkNew(ctx, outcomes);
  return outcomes;
}

/** References and custom fields; what is wrong has its outcome already. */
async function checkRows(
  ctx: Ctx,
  rows: readonly ProspectRow[],
  options: ProspectImportOptions,
  outcomes: GroupOutcome<ImportedRow>[],
): Promise<Candidate[]> {
  const region = await phoneRegion(ctx);
  const definitions = rows.some((row) => row.custom) ? await readDefinitions(ctx, 'prospect') : new Map();
  const references = await existingReferences(ctx, rows);
  return rows.flatMap((given, index) => {
    const row = given.custom ? { ...given, custom: meant(definitions, given.custom) } : given;
    const issues: FieldIssue[] = row.custom ? applyCustom(definitions, {}, row.custom).issues : [];
    for (const field of ['accountId', 'ownerId', 'teamId'] as const) {
      if (row[field] && !references.has(`${field} ${row[field]}`)) {
        issues.push({ field, message: 'does not exist', value: row[field] });
      }
    }
    if (!row.email && !row.phone && !row.linkedinUrl && !row.firstName && !row.lastName && !row.id) {
      issues.push({ field: 'email', message: 'is required when neither phone, linkedinUrl nor a name is given' });
    }
    if (issues.length > 0) {
      outcomes[index] = { ok: false, error: invalidAll(issues) };
      return [];
    }
    const keys = keysOf(row, region);
    return [{ index, row, ...keys, match: matchOf(row, keys, options) }];
  });
}

export const keysOf = ({ email, phone }: ProspectRow, region: string): ContactKeys =>
  keysIn(region, { email: email ?? null, phone: phone ?? null });

/** The first key of the import's order that the row has a value of. */
export function matchOf(
  row: ProspectRow,
  { phoneKey }: ContactKeys,
  { matchBy }: ProspectImportOptions,
): Candidate['match'] {
  const values = { email: row.email?.toLowerCase(), phone: phoneKey, id: row.id };
  const by = matchBy.find((key) => values[key]);
  return by ? { by, value: values[by]! } : null;
}

/** Cells of a file are texts, whatever the field's type. */
const meant = (definitions: ReadonlyMap<string, CustomFieldDefinition>, custom: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(custom).map(([key, cell]) => {
      const definition = definitions.get(key);
      return [key, definition ? customFieldValue(definition, cell) : cell];
    }),
  );

/** Each key once per round, in the order of the file. */
function roundsOf(candidates: readonly Candidate[]): Candidate[][] {
  const rounds: Candidate[][] = [];
  const next = new Map<string, number>();
  for (const candidate of candidates) {
    const { match, row } = candidate;
    const keys = [
      ...(match ? [`${match.by} ${match.value}`] : []),
      ...(row.email ? [`email ${row.email.toLowerCase()}`] : []),
    ];
    const at = Math.max(0, ...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, at + 1);
    rounds[at] ??= [];
    rounds[at].push(candidate);
  }
  return rounds;
}

interface RoundState {
  readonly options: ProspectImportOptions;
  readonly uploadId: string;
  /** What this batch has created so far. */
  readonly created: Set<string>;
  readonly outcomes: GroupOutcome<ImportedRow>[];
  readonly plan: { room: number; refusal(): AppError };
  /** Of rows that name none. */
  readonly teamId: string | null;
}

async function storeRound(ctx: Ctx, candidates: readonly Candidate[], state: RoundState): Promise<void> {
  const { options, outcomes, created, plan } = state;
  const refuse = (candidate: Candidate, error: AppError) => {
    outcomes[candidate.index] = { ok: false, error };
  };
  const existing = await findExisting(ctx, candidates);
  const own = options.policy === 'create' ? await createdBy(ctx, state, [...existing.values()]) : null;
  const owners = await ownersOfEmails(ctx, candidates);
  const changes: { candidate: Candidate; id: string }[] = [];
  const inserts: { candidate: Candidate; id: string }[] = [];
  for (const candidate of candidates) {
    const id = existing.get(candidate.index);
    const owner = candidate.row.email ? owners.get(candidate.row.email.toLowerCase()) : undefined;
    if (owner && owner !== id) refuse(candidate, duplicate(owner));
    else if (id && own && !own.has(id)) refuse(candidate, duplicate(id));
    else if (id) changes.push({ candidate, id });
    else if (options.policy === 'update') refuse(candidate, conflict('NO_MATCH', 'No prospect matches the row.'));
    else if (!isNamed(candidate.row)) refuse(candidate, conflict('NO_MATCH', 'No prospect has this id.'));
    else if (plan.room <= 0) refuse(candidate, plan.refusal());
    else {
      plan.room -= 1;
      inserts.push({ candidate, id: uuidv7() });
    }
  }
  const updated = await updateProspects(ctx, changes);
  for (const { candidate, id } of changes) {
    const { version, before } = updated.get(id) ?? {};
    outcomes[candidate.index] = { ok: true, value: { id, version, created: false, before } };
  }
  const accounts = await accountsOfDomains(ctx, inserts);
  const inserted = await insertProspects(ctx, inserts, { accounts, teamId: state.teamId });
  for (const { candidate, id } of inserts) {
    if (!inserted.has(id))
      refuse(candidate, conflict('DUPLICATE_PROSPECT', 'A prospect with this e-mail exists already.'));
    else {
      created.add(id);
      outcomes[candidate.index] = { ok: true, value: { id, version: 1, created: true } };
    }
  }
}

const isNamed = (row: ProspectRow): boolean =>
  Boolean(row.email || row.phone || row.linkedinUrl || row.firstName || row.lastName);

const duplicate = (existingId: string): AppError =>
  conflict('DUPLICATE_PROSPECT', 'The prospect exists already.', {
    issues: [{ field: 'email', message: 'exists already' }],
    details: { existingId },
  });

/** Those of `ids` that this very import has created. */
async function createdBy(ctx: Ctx, state: RoundState, ids: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.tx
    .selectFrom('upload_records')
    .select('record_id')
    .where('upload_id', '=', state.uploadId)
    .where('record_id', '=', sql<string>`any(${sql.val([...ids])}::uuid[])`)
    .execute();
  return new Set([...state.created, ...rows.map((row) => row.record_id)]);
}

/** Links what came in to the people that are known, which gives a row its next version. */
async function linkNew(ctx: Ctx, outcomes: GroupOutcome<ImportedRow>[]): Promise<void> {
  const ids = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.id] : []));
  if (ids.length === 0 || (await linkCustomers(ctx, { prospectIds: [...new Set(ids)] })) === 0) return;
  const { rows } = await sql<{ id: string; version: number }>`
    select id, version from prospects
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(ids)}::uuid[])`.execute(ctx.tx);
  const versions = new Map(rows.map((row) => [row.id, row.version]));
  for (const [index, outcome] of outcomes.entries()) {
    if (!outcome.ok || outcome.value.version === undefined) continue;
    const version = versions.get(outcome.value.id);
    const { created } = outcome.value;
    outcomes[index] = { ok: true, value: { ...outcome.value, ...(created ? { version } : { lastVersion: version }) } };
  }
}
