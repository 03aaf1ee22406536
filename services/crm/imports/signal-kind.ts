import { sql } from 'kysely';
import { AppError, invalid } from '../../../domain/core/errors.ts';
import { readShape } from '../../../domain/core/validation.input.ts';
import { SignalRow } from '../../../domain/crm/intent.input.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { jsonOf, numberOf, present } from '../../data/imports/index.ts';
import { type ImportedRecord, type ImportedRow, type ImportKind, repeatedRow } from '../../platform/imports/index.ts';
import { recordSignal, withdrawSignals } from '../intent/index.ts';

const optional = (name: string, ...synonyms: string[]) => ({ name, required: false, synonyms });

/** Signals as providers of intent data deliver them: by address or domain rather than by id. */
export const signalKind: ImportKind = {
  name: 'intent_signals',
  fields: [
    { name: 'type', required: true, synonyms: ['signal type', 'signal', 'category'] },
    optional('prospectEmail', 'email', 'e-mail', 'work email', 'contact email'),
    optional('prospectId', 'prospect'),
    optional('accountDomain', 'domain', 'company domain', 'website domain'),
    optional('accountId', 'account'),
    optional('strength', 'score', 'intent score', 'signal strength'),
    optional('topic', 'intent topic', 'keyword'),
    optional('title', 'headline'),
    optional('url', 'link'),
    optional('source', 'provider'),
    optional('sourceKey', 'external id', 'signal id', 'id'),
    optional('occurredAt', 'date', 'occurred', 'timestamp', 'detected at'),
    optional('expiresAt', 'expires', 'expiry'),
    optional('data', 'details'),
  ],
  decimals: new Set(),
  read(values) {
    const type =
      typeof values.type === 'string'
        ? values.type
            .trim()
            .toLowerCase()
            .replace(/[\s-]+/g, '_')
        : values.type;
    const given = { ...values, type, strength: numberOf(values.strength), data: jsonOf(values.data) };
    const input = readShape(SignalRow, present(given));
    return input instanceof AppError ? input : { input };
  },
  async store(ctx, inputs) {
    const rows = inputs as SignalRow[];
    const known = await namedBy(ctx, rows);
    const outcomes: GroupOutcome<ImportedRow>[] = [];
    const found = rows.map(({ prospectEmail, accountDomain, ...row }) => ({
      ...row,
      source: row.source ?? 'upload',
      prospectId: row.prospectId ?? known.get(`email:${prospectEmail?.toLowerCase()}`),
      accountId: row.accountId ?? known.get(`domain:${accountDomain}`),
    }));
    const sound = found.filter((row) => row.prospectId || row.accountId);
    const stored = await recordSignal.group(ctx, sound);
    let next = 0;
    for (const [index, row] of found.entries()) {
      const outcome = row.prospectId || row.accountId ? stored[next++]! : unknownSubject(rows[index]!);
      outcomes.push(outcome.ok ? { ok: true, value: { id: outcome.value.id, created: true } } : outcome);
    }
    return outcomes;
  },
  repetition: {
    keyOf: (input) => (input as SignalRow).sourceKey ?? null,
    refusal: (input) => repeatedRow('DUPLICATE_SIGNAL', 'sourceKey', (input as SignalRow).sourceKey!),
  },
  undo: (ctx, records: readonly ImportedRecord[]) => withdrawSignals(ctx, records),
};

function unknownSubject({ prospectEmail, accountDomain }: SignalRow): { ok: false; error: AppError } {
  if (prospectEmail) return { ok: false, error: invalid('prospectEmail', 'belongs to no prospect', prospectEmail) };
  if (accountDomain) return { ok: false, error: invalid('accountDomain', 'belongs to no account', accountDomain) };
  return { ok: false, error: invalid('prospectEmail', 'is missing: name the prospect or the account') };
}

/** `email:<address>` and `domain:<domain>` → id. */
async function namedBy(ctx: Ctx, rows: readonly SignalRow[]): Promise<Map<string, string>> {
  const emails = rows.flatMap(({ prospectEmail }) => prospectEmail?.toLowerCase() ?? []);
  const domains = rows.flatMap(({ accountDomain }) => accountDomain ?? []);
  const { rows: found } = await sql<{ key: string; id: string }>`
    select 'email:' || email_lower as key, id from prospects
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and email_lower = any(${sql.val([...new Set(emails)])}::text[])
    union all
    select 'domain:' || domain_lower, id from accounts
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and domain_lower = any(${sql.val([...new Set(domains)])}::text[])`.execute(ctx.tx);
  return new Map(found.map(({ key, id }) => [key, id]));
}
