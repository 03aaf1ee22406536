import { sql } from 'kysely';
import { AppError, conflict, notFound } from '../../../domain/core/errors.ts';
import type { Db } from '../../../schema/db.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, SYSTEM_PRINCIPAL, verb } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { requireRecords } from '../../crm/records/index.ts';
import { hashSecretToken, newSecretToken } from '../../platform/auth/index.ts';

export interface MailboxView {
  id: string;
  address: string;
  name: string;
  teamId: string | null;
  createdAt: Date;
  version: number;
}

const COLUMNS = sql.raw(`id, address, name, team_id as "teamId", created_at as "createdAt", version`);

/** By address. */
export const listMailboxes = verb(
  { permission: 'tickets.view' },
  async (ctx, input: { page: number; limit: number }): Promise<{ items: MailboxView[]; total: number }> => {
    const { rows } = await sql<MailboxView>`
      select ${COLUMNS} from ticket_mailboxes
      where organization_id = ${ctx.organizationId} and deleted_at is null order by lower(address)`.execute(ctx.tx);
    const first = (input.page - 1) * input.limit;
    return { items: rows.slice(first, first + input.limit), total: rows.length };
  },
);

export interface CreateMailboxInput {
  address: string;
  name: string;
  teamId?: string | null | undefined;
  publicUrl: string;
}

/**
 * An address that customers write to. Whatever receives its mail posts it to the answered URL, which is as good as a password.
 * @throws AppError validation; conflict `DUPLICATE_MAILBOX`.
 */
export const createMailbox = verb(
  { permission: 'organization.edit' },
  async (
    ctx,
    { address, name, teamId = null, publicUrl }: CreateMailboxInput,
  ): Promise<MailboxView & { url: string; token: string }> => {
    await requireRecords(ctx, { teamId });
    const { rows: same } = await sql<{ id: string }>`
      select id from ticket_mailboxes
      where organization_id = ${ctx.organizationId} and lower(address) = lower(${address}) and deleted_at is null`.execute(
      ctx.tx,
    );
    if (same[0]) {
      throw conflict('DUPLICATE_MAILBOX', `${address} is a mailbox already.`, { details: { existingId: same[0].id } });
    }
    const { token, hash } = newSecretToken();
    const { id } = await ctx.tx
      .insertInto('ticket_mailboxes')
      .values({ address, name, hash, team_id: teamId })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'ticket_mailbox.create', { entityType: 'ticket_mailbox', entityId: id, after: { address } });
    const { rows } = await sql<MailboxView>`
      select ${COLUMNS} from ticket_mailboxes where organization_id = ${ctx.organizationId} and id = ${id}`.execute(
      ctx.tx,
    );
    const place = `${ctx.organizationId.replaceAll('-', '')}.${token}`;
    return { ...rows[0]!, token: place, url: `${publicUrl}/api/v1/tickets/webhook/email?token=${place}` };
  },
);

/** Mail to it is refused from now on; its tickets stay. @throws AppError not_found. */
export const deleteMailbox = verb(
  { permission: 'organization.edit' },
  async (ctx, { id }: { id: string }): Promise<{ id: string }> => {
    const row = await ctx.tx
      .updateTable('ticket_mailboxes')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw notFound('The mailbox');
    await audit(ctx, 'ticket_mailbox.delete', { entityType: 'ticket_mailbox', entityId: id });
    return { id };
  },
);

export interface FoundMailbox {
  organizationId: string;
  mailboxId: string;
}

const TOKEN = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([\w-]{43})$/;

/** Whose mail a call brings, by the token of its URL. @throws AppError unauthorized. */
export async function findMailbox(db: Db, token: string | undefined, now: Date): Promise<FoundMailbox> {
  const parts = TOKEN.exec(token ?? '');
  if (!parts) throw unknown();
  const organizationId = parts.slice(1, 6).join('-');
  const read = (ctx: Ctx) =>
    ctx.tx
      .selectFrom('ticket_mailboxes')
      .select('id')
      .where('organization_id', '=', organizationId)
      .where('hash', '=', hashSecretToken(parts[6]!))
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
  const row = await inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now }, read, { readOnly: true });
  if (!row) throw unknown();
  return { organizationId, mailboxId: row.id };
}

const unknown = () =>
  new AppError('unauthorized', 'UNKNOWN_MAILBOX', 'The token of this address is none of a mailbox.', {
    hint: 'Use the URL that POST /api/v1/ticket-mailboxes has answered.',
  });
