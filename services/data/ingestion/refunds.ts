import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { ConversionInput } from './facts.ts';
import type { CheckedFact, Leader } from './ingest-facts.ts';

export interface CheckedConversion extends CheckedFact<ConversionInput> {
  readonly amountMinor: number;
}

/** What refunds are measured against; `left` is what has not been refunded yet. */
interface Original {
  readonly leader: Leader;
  readonly amountMinor: number;
  readonly currency: string;
  readonly isVoid: boolean;
  readonly isRefund: boolean;
  left: number;
}

export interface RefundAdmission {
  /** Asked once per fact, in order: why it may not be stored, or null. An admitted refund takes its share of the original. */
  admit(fact: CheckedConversion): AppError | null;
  /** The original of an admitted refund. */
  leaderOf(fact: CheckedConversion): Leader | undefined;
}

/** Finds and holds the originals of a group's refunds, so that concurrent ones are measured one after another. */
export async function admitRefunds(ctx: Ctx, facts: readonly CheckedConversion[]): Promise<RefundAdmission> {
  const references = [...new Set(facts.flatMap(({ input }) => input.refundOf ?? []))];
  if (references.length === 0) return { admit: () => null, leaderOf: () => undefined };
  const originals = await holdOriginals(ctx, references);
  const leaders = new Map<CheckedConversion, Leader>();
  return {
    leaderOf: (fact) => leaders.get(fact),
    admit(fact) {
      const { input, externalId, amountMinor } = fact;
      if (input.refundOf === undefined) {
        // A refund may stand in one array with its original, after it.
        originals.set(externalId, ofThisGroup(fact));
        return null;
      }
      const original = originals.get(input.refundOf);
      const refusal = refundRefusal(original, input.refundOf, input.currency, amountMinor);
      if (refusal || !original) return refusal;
      original.left += amountMinor;
      leaders.set(fact, original.leader);
      originals.set(externalId, { ...ofThisGroup(fact), isRefund: true });
      return null;
    },
  };
}

const ofThisGroup = ({ input, externalId, amountMinor }: CheckedConversion): Original => ({
  leader: { externalId },
  amountMinor,
  currency: input.currency,
  isVoid: false,
  isRefund: false,
  left: amountMinor,
});

function refundRefusal(
  original: Original | undefined,
  reference: string,
  currency: string,
  amountMinor: number,
): AppError | null {
  if (!original) {
    return refused('REFUND_ORIGINAL_NOT_FOUND', 'refundOf', 'names no conversion', reference, {
      hint: 'Send the conversion first, then its refund; refund_of takes its external id or its id.',
    });
  }
  if (original.isRefund) return refused('REFUND_OF_REFUND', 'refundOf', 'names a refund', reference);
  if (original.isVoid) return refused('REFUND_ORIGINAL_VOIDED', 'refundOf', 'names a voided conversion', reference);
  if (original.currency !== currency) return otherCurrency(original.currency, currency);
  return original.left + amountMinor < 0 ? exceeding(original.left, currency) : null;
}

/** Kind validation, so that a row of an array is told to be invalid and not to be a duplicate. */
const refused = (
  code: string,
  field: string,
  message: string,
  value: unknown,
  { hint = 'Correct the refund and send it again; nothing was stored.' } = {},
): AppError => new AppError('validation', code, `${field} ${message}.`, { issues: [{ field, message, value }], hint });

const otherCurrency = (wanted: string, currency: string): AppError =>
  refused('REFUND_CURRENCY_MISMATCH', 'currency', `must be ${wanted} like that of the original`, currency);

function exceeding(left: number, currency: string): AppError {
  const most = `${fromMinorUnits(left, currency)} ${currency}`;
  return new AppError('validation', 'REFUND_EXCEEDS_ORIGINAL', 'The refunds would be larger than the conversion.', {
    issues: [{ field: 'amountDecimal', message: `takes back more than is left of the conversion: ${most}` }],
    details: { refundable: fromMinorUnits(left, currency) },
    hint: 'Send what is left at most, or void a refund that was never paid.',
  });
}

interface OriginalRow {
  id: string;
  externalId: string;
  customerId: string;
  amountMinor: number;
  currency: string;
  isVoid: boolean;
  isRefund: boolean;
}

const held = (ctx: Ctx, condition: RawBuilder<unknown>) =>
  sql<OriginalRow>`
    select id, external_id as "externalId", customer_id as "customerId", amount_minor as "amountMinor", currency,
           voided_at is not null as "isVoid", refund_of is not null as "isRefund"
    from conversions where organization_id = ${ctx.organizationId} and ${condition}
    order by id for no key update`.execute(ctx.tx);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By external id and by id; an external id that looks like another one's id wins. */
async function holdOriginals(ctx: Ctx, references: readonly string[]): Promise<Map<string, Original>> {
  const ids = references.filter((reference) => UUID.test(reference)).map((reference) => reference.toLowerCase());
  const { rows } = await held(
    ctx,
    sql`(external_id = any(${sql.val(references)}::text[]) or id = any(${sql.val(ids)}::uuid[]))`,
  );
  const refunded = await refundedOf(
    ctx,
    rows.map((row) => row.id),
  );
  const originals = rows.map(
    ({ id, externalId, customerId, ...row }) =>
      [
        id,
        externalId,
        { ...row, leader: { id, externalId, customerId }, left: row.amountMinor + (refunded.get(id) ?? 0) },
      ] as const,
  );
  const named = new Map<string, Original>(originals.map(([id, , original]) => [id, original]));
  for (const reference of references) {
    const original = named.get(reference.toLowerCase());
    if (original) named.set(reference, original);
  }
  for (const [, externalId, original] of originals) named.set(externalId, original);
  return named;
}

/** Sum of the refunds that count, negative, by original. Exact only while the originals are held. */
export async function refundedOf(ctx: Ctx, ids: readonly string[], except?: string): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; sum: string }>`
    select refund_of as id, sum(amount_minor)::text as sum from conversions
    where organization_id = ${ctx.organizationId} and refund_of = any(${sql.val(ids)}::uuid[]) and voided_at is null
      and id is distinct from ${except ?? null}::uuid
    group by refund_of`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, Number(row.sum)]));
}

/** Measures a refund that is being corrected. @throws AppError validation. */
export async function requireRefundable(
  ctx: Ctx,
  refund: { id: string; refundOf: string; currency: string; amountMinor: number },
): Promise<void> {
  const [original] = (await held(ctx, sql`id = ${refund.refundOf}`)).rows;
  const others = await refundedOf(ctx, [refund.refundOf], refund.id);
  const left = original!.amountMinor + (others.get(refund.refundOf) ?? 0);
  if (original!.currency !== refund.currency) throw otherCurrency(original!.currency, refund.currency);
  if (left + refund.amountMinor < 0) throw exceeding(left, refund.currency);
}
