import { type RawBuilder, sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, committedRefusal, verb } from '../../core/context.ts';
import { escaped } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';
import { holdContacts, settleDispatches } from '../governance/index.ts';

export const BLACKLIST_REASONS = ['hard_bounce', 'complaint', 'manual', 'invalid'] as const;
export const BOUNCE_TYPES = ['hard', 'soft', 'complaint'] as const;

export interface UnsubscribeView {
  id: string;
  channel: 'email' | 'sms';
  /** An e-mail address or a number. */
  address: string;
  prospectId: string | null;
  emailId: string | null;
  source: string;
  reason: string | null;
  createdAt: Date;
}

export interface BlacklistView {
  id: string;
  email: string;
  reason: (typeof BLACKLIST_REASONS)[number];
  notes: string | null;
  emailId: string | null;
  createdBy: string | null;
  createdAt: Date;
  version: number;
}

export interface BounceView {
  id: string;
  emailId: string | null;
  prospectId: string | null;
  email: string;
  type: (typeof BOUNCE_TYPES)[number];
  statusCode: string | null;
  reason: string | null;
  occurredAt: Date;
}

interface StopFilters extends PageInput {
  /** Part of the address. */
  q?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

async function readStops<View>(
  ctx: Ctx,
  input: StopFilters,
  list: { columns: string; table: string; address: string; time: string; also?: RawBuilder<unknown> },
): Promise<{ items: View[]; total: number }> {
  const { q, from = null, until = null } = input;
  const pattern = q === undefined ? null : `%${escaped(q)}%`;
  const [address, time] = [sql.ref(list.address), sql.ref(list.time)];
  const { rows, total } = await readPage(input, async (limit, offset) => {
    const page = await sql<View & { total: number }>`
      select ${sql.raw(list.columns)}, count(*) over ()::integer as total from ${sql.table(list.table)}
      where organization_id = ${ctx.organizationId}
        and (${pattern}::text is null or ${address} ilike ${pattern})
        and (${from}::timestamptz is null or ${time} >= ${from}) and (${until}::timestamptz is null or ${time} <= ${until})
        ${list.also ?? sql``}
      order by ${time} desc, id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
    return page.rows;
  });
  return { items: rows.map(({ total: _, ...row }) => row as unknown as View), total };
}

/** Of both channels, newest first. A number that has come back is not among them. */
export const listUnsubscribes = verb(
  { permission: 'emails.view' },
  async (
    ctx,
    input: StopFilters & { source?: string | undefined; channel?: 'email' | 'sms' | undefined },
  ): Promise<{ items: UnsubscribeView[]; total: number }> => {
    const { q, from = null, until = null, source = null, channel = null } = input;
    const pattern = q === undefined ? null : `%${escaped(q)}%`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<UnsubscribeView & { total: number }>`
        select *, count(*) over ()::integer as total
        from (
          select id, 'email' as channel, email as address, prospect_id as "prospectId", email_id as "emailId", source, reason,
                 created_at as "createdAt"
          from email_unsubscribes where organization_id = ${ctx.organizationId}
          union all
          select id, 'sms', phone, prospect_id, null, 'reply', keyword, opted_out_at
          from sms_opt_outs where organization_id = ${ctx.organizationId} and opted_in_at is null) stops
        where (${pattern}::text is null or address ilike ${pattern}) and (${source}::text is null or source = ${source})
          and (${channel}::text is null or channel = ${channel})
          and (${from}::timestamptz is null or "createdAt" >= ${from})
          and (${until}::timestamptz is null or "createdAt" <= ${until})
        order by "createdAt" desc, id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

const BLACKLIST_COLUMNS =
  'id, email, reason, notes, email_id as "emailId", created_by as "createdBy", created_at as "createdAt", version';

/** Newest first. */
export const listBlacklist = verb(
  { permission: 'emails.view' },
  (ctx, input: StopFilters & { reason?: BlacklistView['reason'] | undefined }) =>
    readStops<BlacklistView>(ctx, input, {
      columns: BLACKLIST_COLUMNS,
      table: 'email_blacklist',
      address: 'email',
      time: 'created_at',
      ...(input.reason === undefined ? {} : { also: sql`and reason = ${input.reason}` }),
    }),
);

/** Newest first. */
export const listBounces = verb(
  { permission: 'emails.view' },
  (ctx, input: StopFilters & { type?: BounceView['type'] | undefined; emailId?: string | undefined }) =>
    readStops<BounceView>(ctx, input, {
      columns: `id, email_id as "emailId", prospect_id as "prospectId", address as email, type, status_code as "statusCode",
        reason, occurred_at as "occurredAt"`,
      table: 'email_bounces',
      address: 'address',
      time: 'occurred_at',
      also: sql`and (${input.type ?? null}::text is null or type = ${input.type ?? null})
        and (${input.emailId ?? null}::uuid is null or email_id = ${input.emailId ?? null})`,
    }),
);

/**
 * No message at all goes to the address any more.
 * @throws AppError conflict `ALREADY_BLACKLISTED`; unavailable `MESSAGE_UNDER_WAY`: it is stored all the same
 */
export const addToBlacklist = verb(
  { permission: 'emails.edit' },
  async (
    ctx,
    input: { email: string; reason: BlacklistView['reason']; notes?: string | null | undefined },
  ): Promise<BlacklistView> => {
    const entry = { address: input.email, reason: input.reason, notes: input.notes ?? null, emailId: null };
    const id = await storeBlacklisted(ctx, entry);
    if (id === null) {
      const { rows } = await sql<{ id: string }>`
        select id from email_blacklist
        where organization_id = ${ctx.organizationId} and email = lower(${input.email})`.execute(ctx.tx);
      throw conflict('ALREADY_BLACKLISTED', 'The address is on the blacklist already.', {
        issues: [{ field: 'email', message: 'is listed already', value: input.email }],
        details: { existingId: rows[0]?.id },
        hint: 'There is nothing left to do.',
      });
    }
    await audit(ctx, 'email_blacklist.add', {
      entityType: 'email_blacklist',
      entityId: id,
      after: { reason: input.reason },
    });
    const refusal = await settleDispatches(ctx, [input.email]);
    if (refusal) return committedRefusal(refusal);
    const { rows } = await sql<BlacklistView>`
      select ${sql.raw(BLACKLIST_COLUMNS)} from email_blacklist
      where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
    return rows[0]!;
  },
);

/** Once per address; answers its id, null when it is listed already. */
export async function storeBlacklisted(
  ctx: Ctx,
  entry: { address: string; reason: BlacklistView['reason']; notes: string | null; emailId: string | null },
): Promise<string | null> {
  await holdContacts(ctx, [entry.address]);
  const { rows } = await sql<{ id: string }>`
    insert into email_blacklist (email, reason, notes, email_id, created_by, created_at)
    values (lower(${entry.address}), ${entry.reason}, ${entry.notes}, ${entry.emailId}::uuid,
            ${ctx.principal.userId ?? null}::uuid, ${ctx.now})
    on conflict (organization_id, email) do nothing
    returning id`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

/** On record in the audit log. @throws AppError not_found; precondition_failed. */
export const removeFromBlacklist = verb(
  { permission: 'emails.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const row = await ctx.tx
      .selectFrom('email_blacklist')
      .select(['version', 'reason'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The entry');
    requireVersion(row.version, input.expectedVersion);
    await ctx.tx
      .deleteFrom('email_blacklist')
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'email_blacklist.remove', {
      entityType: 'email_blacklist',
      entityId: input.id,
      before: { reason: row.reason },
    });
    return { id: input.id };
  },
);
