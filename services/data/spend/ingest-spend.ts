import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { AppError } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { groupVerb } from '../../core/group.ts';
import { spendIngested } from '../events.ts';
import { ingestPlain, type PlainKind, type PlainRow, type StoredPlain } from '../facts/ingest-plain.ts';
import { ensureVendors } from '../ingestion/dimensions.ts';
import { FactCheck } from '../ingestion/facts.ts';

export interface SpendInput {
  /** Calendar day. */
  date: string;
  channel: string;
  vendorCode?: string | undefined;
  campaign?: string | undefined;
  /** Decimal text in the currency's own scale. */
  amountDecimal: string;
  currency: string;
  externalId?: string | undefined;
}

export interface CheckedSpend {
  readonly input: SpendInput;
  readonly externalId: string;
  readonly amountMinor: number;
}

export function checkSpend(input: SpendInput, now: Date): CheckedSpend | AppError {
  const checked = new FactCheck();
  checked.notAhead('date', new Date(`${input.date}T00:00:00Z`), now);
  const amountMinor = checked.money('amountDecimal', input.amountDecimal, 'currency', input.currency);
  if (amountMinor < 0) checked.add('amountDecimal', 'must not be negative', input.amountDecimal);
  return checked.refusal() ?? { input, externalId: spendKey(input), amountMinor };
}

/** What makes two lines the same one. */
export const spendKey = (input: SpendInput): string => input.externalId ?? derivedId(input);

/** The same day, channel, vendor and campaign are the same line, whoever sends it. */
function derivedId({ date, channel, vendorCode, campaign }: SpendInput): string {
  const line = JSON.stringify([date, channel, vendorCode ?? null, campaign ?? null]);
  return `${date}:${channel}:${createHash('sha256').update(line).digest('hex').slice(0, 32)}`;
}

const SPEND: PlainKind<CheckedSpend> = {
  table: 'spend',
  noun: 'spend record',
  duplicateCode: 'DUPLICATE_SPEND',
  event: spendIngested,
  hint: 'Nothing was changed. Correct the stored one with PUT, or give a line of its own an external id of its own.',
  store,
};

async function store(ctx: Ctx, facts: readonly PlainRow<CheckedSpend>[]): Promise<StoredPlain[]> {
  const vendors = await ensureVendors(
    ctx,
    facts.flatMap(({ fact }) => fact.input.vendorCode ?? []),
  );
  const rows = facts.map(({ id, fact: { input, externalId, amountMinor } }) => ({
    id,
    external_id: externalId,
    day: input.date,
    channel: input.channel,
    vendor_id: input.vendorCode ? vendors.get(input.vendorCode)! : null,
    campaign: input.campaign,
    amount_minor: amountMinor,
    currency: input.currency,
  }));
  const { rows: stored } = await sql<StoredPlain>`
    insert into spend (organization_id, id, external_id, day, channel, vendor_id, campaign, amount_minor, currency)
    select ${ctx.organizationId}, id, external_id, day, channel, vendor_id, campaign, amount_minor, currency
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, external_id text, day date, channel text, vendor_id uuid, campaign text, amount_minor bigint,
      currency text)
    order by external_id
    returning id, external_id as "externalId", null as "customerId", created_at as "createdAt"`.execute(ctx.tx);
  return stored;
}

/** Stores cost by day. Refusals: validation; conflict `DUPLICATE_SPEND` (`details.existingId`). */
export const ingestSpend = groupVerb({ permission: 'data.ingest' }, (ctx, inputs: readonly SpendInput[]) =>
  ingestPlain(
    ctx,
    SPEND,
    inputs.map((input) => checkSpend(input, ctx.now)),
  ),
);
