import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { TemplateValues } from '../../../domain/outreach/template.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface MessageAbout {
  prospectId?: string | null | undefined;
  dealId?: string | null | undefined;
  /** Who writes. */
  userId?: string | null | undefined;
  /** Given with the message; they win. */
  variables?: TemplateValues | undefined;
}

/**
 * What the places of a message may name, in one statement: the fields of the prospect as they are (`firstName`, and below
 * `prospect`), `account`, `deal`, `sender`, `organization`, custom fields below `custom`.
 * @throws AppError validation for a prospect or deal that is not there.
 */
export async function messageValues(ctx: Ctx, about: MessageAbout): Promise<TemplateValues> {
  const { prospectId = null, dealId = null, userId = null, variables = {} } = about;
  const { rows } = await sql<{ prospect: Values; account: Values; deal: Values; sender: Values; organization: Values }>`
    select
      (select jsonb_build_object('firstName', p.first_name, 'lastName', p.last_name,
         'fullName', nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), 'email', p.email, 'phone', p.phone,
         'company', coalesce(p.company, a.name), 'title', p.title, 'country', p.country, 'linkedinUrl', p.linkedin_url,
         'custom', p.custom)
       from prospects p
       left join accounts a on a.organization_id = p.organization_id and a.id = p.account_id and a.deleted_at is null
       where p.organization_id = o.id and p.id = ${prospectId}::uuid and p.deleted_at is null) as prospect,
      (select jsonb_build_object('name', a.name, 'domain', a.domain, 'industry', a.industry, 'location', a.location,
         'custom', a.custom)
       from accounts a
       where a.organization_id = o.id and a.deleted_at is null and a.id = coalesce(
         (select p.account_id from prospects p where p.organization_id = o.id and p.id = ${prospectId}::uuid),
         (select d.account_id from deals d where d.organization_id = o.id and d.id = ${dealId}::uuid))) as account,
      (select jsonb_build_object('name', d.name, 'amount', trim_scale(d.amount)::text, 'currency', d.currency,
         'stage', d.stage, 'closeDate', to_char(d.close_date, 'YYYY-MM-DD'), 'custom', d.custom)
       from deals d where d.organization_id = o.id and d.id = ${dealId}::uuid and d.deleted_at is null) as deal,
      (select jsonb_build_object('firstName', u.first_name, 'lastName', u.last_name, 'email', u.email, 'phone', u.phone,
         'fullName', nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''))
       from users u where u.organization_id = o.id and u.id = ${userId}::uuid) as sender,
      jsonb_build_object('name', o.name) as organization
    from organizations o where o.id = ${ctx.organizationId}`.execute(ctx.tx);
  const { prospect, account, deal, sender, organization } = rows[0]!;
  if (prospectId !== null && !prospect) throw invalid('prospectId', 'names no prospect', prospectId);
  if (dealId !== null && !deal) throw invalid('dealId', 'names no deal', dealId);
  const own = { ...prospect, prospect, account, deal, sender, organization };
  const given = Object.entries(own).filter(([, value]) => value !== null && value !== undefined);
  return { ...Object.fromEntries(given), ...variables };
}

type Values = Record<string, unknown> | null;
