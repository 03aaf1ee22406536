import { sql } from 'kysely';
import { workSourceOf } from '../../../domain/data/touch-source.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { recordSignals } from '../../crm/intent/index.ts';

/** A message as its touches need it. */
export interface TouchFacts {
  readonly id: string;
  readonly channel: 'email' | 'sms';
  readonly prospectId: string | null;
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly transport: string | null;
  readonly campaign: string | null;
  /** All that it says of itself; what others share is what it is credited to. */
  readonly said: Record<string, unknown>;
}

export interface MailFacts extends TouchFacts {
  readonly subject: string;
  readonly address: string;
  readonly sentAt: Date | null;
  readonly modelCostMicros: number | null;
}

export async function readMails(ctx: Ctx, ids: readonly string[]): Promise<Map<string, MailFacts>> {
  const { rows } = await sql<MailFacts>`
    select e.id, 'email' as channel, e.subject, e.address, e.prospect_id as "prospectId", p.account_id as "accountId",
           e.user_id as "userId", e.sent_at as "sentAt", e.transport, e.campaign_id::text as campaign,
           (e.touch ->> 'modelCostMicros')::float8 as "modelCostMicros",
           e.touch || jsonb_build_object('bulkJobId', e.bulk_job_id, 'templateId', e.template_id, 'senderId', e.sender_id) as said
    from emails e
    left join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id
    where e.organization_id = ${ctx.organizationId} and e.id = any(${sql.val([...ids])}::uuid[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

const TEXT = sql`
  s.id, 'sms' as channel, s.prospect_id as "prospectId", s.account_id as "accountId", s.user_id as "userId", s.transport,
  s.touch ->> 'campaignId' as campaign, coalesce(s.touch, '{}') || jsonb_build_object('senderId', s.sender_id) as said`;

export async function readTexts(ctx: Ctx, sendIds: readonly string[]): Promise<Map<string, TouchFacts>> {
  const { rows } = await sql<TouchFacts>`
    select ${TEXT} from sends s
    where s.organization_id = ${ctx.organizationId} and s.id = any(${sql.val([...sendIds])}::uuid[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The text that one from this number answers: the last one that was taken before. */
export async function textTo(ctx: Ctx, phone: string, before: Date): Promise<TouchFacts | undefined> {
  const { rows } = await sql<TouchFacts>`
    select ${TEXT} from sends s
    where s.organization_id = ${ctx.organizationId} and s.channel = 'sms' and s.subject_type = 'sms'
      and s.state = 'accepted' and lower(s.to_address) = ${phone} and s.settled_at <= ${before}
    order by s.settled_at desc, s.id desc limit 1`.execute(ctx.tx);
  return rows[0];
}

export const touchOf = ({ channel, prospectId, accountId, userId, said, campaign }: TouchFacts) => ({
  channel,
  prospectId,
  accountId,
  userId,
  outreach: workSourceOf(said),
  ...(campaign === null ? {} : { campaign }),
});

/** Whose price an accepted message costs: that of the vendor of its provider. The built-in outbox is nobody's. */
export const providerOf = (transport: string | null) =>
  transport === null || transport === 'outbox' ? {} : { vendorCode: transport };

export const noteEngagement = (ctx: Ctx, prospectId: string, sourceKey: string, occurredAt: Date) =>
  recordSignals(ctx, [{ type: 'email_engagement', prospectId, source: 'email', sourceKey, occurredAt }]);
