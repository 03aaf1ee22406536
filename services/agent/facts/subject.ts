import { type RawBuilder, sql } from 'kysely';
import type { Reach } from '../../../domain/agent/channel.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

export interface Subject {
  readonly prospectId: string;
  readonly reach: Reach;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly accountId: string | null;
  readonly customerId: string | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly status: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly organizationName: string;
}

/** Of `p` prospects, `a` their accounts and `o` the organization. */
export const SUBJECT_COLUMNS: RawBuilder<unknown> = sql.raw(`
  p.id as "prospectId", jsonb_build_object('email', p.email, 'linkedin', p.linkedin_url, 'phone', p.phone) as reach,
  p.first_name as "firstName", p.last_name as "lastName", coalesce(p.company, a.name) as company, p.title,
  p.account_id as "accountId", p.customer_id as "customerId", p.language, p.time_zone as "timeZone", p.status,
  p.owner_id as "ownerId", p.team_id as "teamId", o.name as "organizationName"`);

/** Who somebody is and how they are reached. @throws AppError not_found. */
export async function readSubject(ctx: Ctx, prospectId: string): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select ${SUBJECT_COLUMNS} from prospects p
    join organizations o on o.id = p.organization_id
    left join accounts a on a.organization_id = p.organization_id and a.id = p.account_id and a.deleted_at is null
    where p.organization_id = ${ctx.organizationId} and p.id = ${prospectId} and p.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The prospect');
  return rows[0];
}
