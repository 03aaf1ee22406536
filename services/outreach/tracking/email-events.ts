import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { readEmail } from '../emails/email-view.ts';

export const EMAIL_EVENT_TYPES = [
  'sent',
  'delivered',
  'deferred',
  'dropped',
  'open',
  'click',
  'bounce',
  'unsubscribe',
  'spam',
  'reply',
  'auto_reply',
] as const;

export interface EmailEventView {
  id: string;
  type: (typeof EMAIL_EVENT_TYPES)[number];
  occurredAt: Date;
  url: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  /** Why it was no person; null: it was one, or the question does not arise. */
  machineReason: string | null;
  data: Record<string, unknown>;
}

export interface ListEmailEventsInput extends PageInput {
  id: string;
  type?: EmailEventView['type'] | undefined;
}

/** What became of an e-mail, in order. @throws AppError not_found. */
export const listEmailEvents = verb(
  { permission: 'emails.view' },
  async (ctx, input: ListEmailEventsInput): Promise<{ items: EmailEventView[]; total: number }> => {
    await readEmail(ctx, input.id);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<EmailEventView & { total: number }>`
        select id, type, occurred_at as "occurredAt", url, ip_address as "ipAddress", user_agent as "userAgent",
               machine_reason as "machineReason", data, count(*) over ()::integer as total
        from email_tracking_events
        where organization_id = ${ctx.organizationId} and email_id = ${input.id}
          and (${input.type ?? null}::text is null or type = ${input.type ?? null})
        order by occurred_at, id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
