import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { COMMON_SELECTORS, type DomainReport, judgeDomain } from '../../../domain/outreach/sending-domain.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { safeHtml } from '../emails/html.ts';
import { linkSigner } from '../links.ts';
import type { OutreachTools } from '../tools.ts';
import { readSender, type SenderTools, type SenderView } from './sender-view.ts';

export interface SenderFields {
  name?: string | undefined;
  replyTo?: string | null | undefined;
  userId?: string | null | undefined;
  signatureHtml?: string | null | undefined;
  postalAddress?: string | null | undefined;
  isDefault?: boolean | undefined;
  dailyCap?: number | null | undefined;
  hourlyCap?: number | null | undefined;
  status?: 'active' | 'paused' | undefined;
  /** Base64 of the provider's key (SPKI, P-256). */
  eventPublicKey?: string | null | undefined;
}

export interface CheckedDomain extends DomainReport {
  readonly domain: string;
  readonly selectors: readonly string[];
}

/** Asks the name servers; outside of any transaction, since they take their time. */
export async function checkDomain(
  tools: Pick<OutreachTools, 'domains'>,
  domain: string,
  dkimSelectors: readonly string[] = [],
): Promise<CheckedDomain> {
  const selectors = dkimSelectors.length > 0 ? dkimSelectors : COMMON_SELECTORS;
  return { ...judgeDomain(await tools.domains.read(domain, selectors)), domain, selectors: dkimSelectors };
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

export interface CreateSenderInput extends SenderFields {
  name: string;
  email: string;
  checked: CheckedDomain;
  tools: SenderTools;
}

/** The first sender becomes the default one. @throws AppError validation; conflict `DUPLICATE_SENDER`. */
export const createSender = verb(
  { permission: 'emails.edit' },
  async (ctx, { checked, tools, ...input }: CreateSenderInput): Promise<SenderView> => {
    await requireUser(ctx, input.userId);
    const { rows } = await sql<{ id: string }>`
      select id from senders
      where organization_id = ${ctx.organizationId} and lower(email) = lower(${input.email}) and deleted_at is null`.execute(
      ctx.tx,
    );
    if (rows[0]) {
      throw conflict('DUPLICATE_SENDER', `There is a sender ${input.email} already.`, {
        issues: [{ field: 'email', message: 'exists already', value: input.email }],
        details: { existingId: rows[0].id },
        hint: 'Change the existing one with PUT.',
      });
    }
    await keepDomain(ctx, checked);
    const isDefault = input.isDefault === true || !(await hasDefault(ctx));
    if (isDefault) await dropDefault(ctx);
    const { id } = await ctx.tx
      .insertInto('senders')
      .values({
        email: input.email,
        domain: checked.domain,
        ...columnsOf(ctx, input),
        name: input.name,
        is_default: isDefault,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'sender.create', { entityType: 'sender', entityId: id, after: { email: input.email } });
    await linkSigner(ctx, tools.mailing.secrets);
    return readSender(ctx, id, tools);
  },
);

export interface UpdateSenderInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: SenderFields;
  /** The name servers' answer, when they were asked anew. */
  checked?: CheckedDomain | undefined;
  tools: SenderTools;
}

/** Partial; the address cannot change. Resuming takes a trip of the breaker back. @throws AppError not_found; precondition_failed; validation. */
export const updateSender = verb(
  { permission: 'emails.edit' },
  async (ctx, input: UpdateSenderInput): Promise<SenderView> => {
    const { id, changes, checked, tools } = input;
    const row = await lockSender(ctx, id, input.expectedVersion);
    await requireUser(ctx, changes.userId);
    if (changes.isDefault === false && row.is_default) {
      throw invalid('isDefault', 'stays until another sender becomes the default one', false);
    }
    if (checked && checked.domain === row.domain) await keepDomain(ctx, checked);
    if (changes.isDefault === true && !row.is_default) await dropDefault(ctx);
    const change = columnsOf(ctx, changes);
    if (Object.keys(change).length > 0) {
      await ctx.tx
        .updateTable('senders')
        .set(change)
        .where('organization_id', '=', ctx.organizationId)
        .where('id', '=', id)
        .execute();
    }
    await audit(ctx, 'sender.update', { entityType: 'sender', entityId: id, after: { fields: Object.keys(changes) } });
    return readSender(ctx, id, tools);
  },
);

/** Columns of the fields that are given. */
function columnsOf(ctx: Ctx, fields: SenderFields) {
  const { status, signatureHtml } = fields;
  const columns = {
    name: fields.name,
    reply_to: fields.replyTo,
    user_id: fields.userId,
    signature_html: typeof signatureHtml === 'string' ? safeHtml(signatureHtml) : signatureHtml,
    postal_address: fields.postalAddress,
    is_default: fields.isDefault,
    daily_cap: fields.dailyCap,
    hourly_cap: fields.hourlyCap,
    event_public_key: fields.eventPublicKey,
    ...(status === 'paused' ? { status, paused_by: 'person', paused_reason: null, paused_at: ctx.now } : {}),
    ...(status === 'active'
      ? { status, paused_by: null, paused_reason: null, paused_at: null, resumed_at: ctx.now }
      : {}),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<
    typeof columns
  >;
}

async function keepDomain(ctx: Ctx, { domain, selectors, findings, ...results }: CheckedDomain): Promise<void> {
  const values = {
    ...results,
    dkim_selectors: [...selectors],
    findings: JSON.stringify(findings),
    checked_at: ctx.now,
  };
  await ctx.tx
    .insertInto('sending_domains')
    .values({ domain, ...values })
    .onConflict((clash) => clash.columns(['organization_id', 'domain']).doUpdateSet(values))
    .execute();
}

export async function lockSender(ctx: Ctx, id: string, expectedVersion: number | undefined) {
  const row = await ctx.tx
    .selectFrom('senders')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The sender');
  requireVersion(row.version, expectedVersion);
  return row;
}

const dropDefault = (ctx: Ctx) =>
  sql`update senders set is_default = false where organization_id = ${ctx.organizationId} and is_default`.execute(
    ctx.tx,
  );

async function hasDefault(ctx: Ctx): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('senders')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('is_default', '=', true)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

async function requireUser(ctx: Ctx, userId: string | null | undefined): Promise<void> {
  if (!userId) return;
  const row = await ctx.tx
    .selectFrom('users')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw invalid('userId', 'names nobody of this organization', userId);
}

/** The domain and its selectors, for a check that is to be repeated. @throws AppError not_found. */
export const getSenderDomain = verb(
  { permission: 'emails.edit' },
  async (ctx, input: { id: string }): Promise<{ domain: string; selectors: string[] }> => {
    const row = await ctx.tx
      .selectFrom('senders as s')
      .leftJoin('sending_domains as d', (join) =>
        join.onRef('d.organization_id', '=', 's.organization_id').onRef('d.domain', '=', 's.domain'),
      )
      .select(['s.domain', 'd.dkim_selectors'])
      .where('s.organization_id', '=', ctx.organizationId)
      .where('s.id', '=', input.id)
      .where('s.deleted_at', 'is', null)
      .executeTakeFirst();
    if (!row) throw notFound('The sender');
    return { domain: row.domain, selectors: row.dkim_selectors ?? [] };
  },
);
