import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { ContactChannel } from '../../../domain/outreach/contact-policy.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, committedRefusal, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { holdContacts, settleDispatches } from './stops.ts';

export interface ConsentView {
  id: string;
  prospectId: string;
  channel: ContactChannel;
  status: 'granted' | 'withdrawn';
  source: string;
  proof: string | null;
  recordedBy: string | null;
  occurredAt: Date;
  createdAt: Date;
}

export interface RecordConsentInput {
  id: string;
  channel: ContactChannel;
  status: 'granted' | 'withdrawn';
  /** How it was given: a form, a text message, a call. */
  source: string;
  /** Where it can be looked up. */
  proof?: string | null | undefined;
  occurredAt?: Date | undefined;
}

/**
 * The latest word counts. A withdrawal is answered once no message to the person is on its way any more.
 * @throws AppError not_found; unavailable `MESSAGE_UNDER_WAY` (the withdrawal is stored all the same).
 */
export const recordConsent = verb(
  { permission: 'prospects.edit' },
  async (ctx, input: RecordConsentInput): Promise<ConsentView> => {
    const { email_key: email, phone_key: phone } = await requireProspect(ctx, input.id);
    const addresses = [email, phone].filter((address) => address !== null);
    if (input.status === 'withdrawn') await holdContacts(ctx, addresses);
    const { id } = await ctx.tx
      .insertInto('contact_consents')
      .values({
        prospect_id: input.id,
        channel: input.channel,
        status: input.status,
        source: input.source,
        proof: input.proof ?? null,
        recorded_by: ctx.principal.userId ?? null,
        occurred_at: input.occurredAt ?? ctx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { channel, status } = input;
    await audit(ctx, 'consent.record', { entityType: 'prospect', entityId: input.id, after: { channel, status } });
    if (status === 'withdrawn') {
      const unsettled = await settleDispatches(ctx, addresses);
      if (unsettled) return committedRefusal(unsettled);
    }
    return readConsent(ctx, id);
  },
);

/** Every word of a person, the latest first. @throws AppError not_found. */
export const listConsents = verb(
  { permission: 'prospects.view' },
  async (ctx, input: PageInput & { id: string }): Promise<{ items: ConsentView[]; total: number }> => {
    await requireProspect(ctx, input.id);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ConsentView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from contact_consents
        where organization_id = ${ctx.organizationId} and prospect_id = ${input.id}
        order by occurred_at desc, id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

async function requireProspect(ctx: Ctx, id: string): Promise<{ email_key: string | null; phone_key: string | null }> {
  const row = await ctx.tx
    .selectFrom('prospects')
    .select(['email_key', 'phone_key'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The prospect');
  return row;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  id, prospect_id as "prospectId", channel, status, source, proof, recorded_by as "recordedBy",
  occurred_at as "occurredAt", created_at as "createdAt"`);

async function readConsent(ctx: Ctx, id: string): Promise<ConsentView> {
  const { rows } = await sql<ConsentView>`
    select ${COLUMNS} from contact_consents
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  return rows[0]!;
}
