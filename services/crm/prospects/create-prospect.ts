import { sql } from 'kysely';
import { type AppError, conflict, forbidden, invalid } from '../../../domain/core/errors.ts';
import type { ProspectStatus, RelationshipStage } from '../../../domain/crm/prospect.rules.ts';
import { PLANS, type Plan } from '../../../domain/platform/plan.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { acrossTeams } from '../../core/team-limits.ts';
import { actingUser } from '../activities/log-activity.ts';
import { mergedCustom } from '../custom-fields/check-custom.ts';
import { openRequest } from '../enrichment/open-request.ts';
import { prospectCreated } from '../events.ts';
import { requireRecords } from '../references.ts';
import { teamOfNew } from '../team-of-record.ts';
import { contactKeys, linkCustomers } from './customer-link.ts';
import { type ProspectView, readProspect } from './prospect-view.ts';

export interface ProspectFields {
  email?: string | null | undefined;
  phone?: string | null | undefined;
  linkedinUrl?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  title?: string | null | undefined;
  company?: string | null | undefined;
  accountId?: string | null | undefined;
  status?: ProspectStatus | undefined;
  relationshipStage?: RelationshipStage | undefined;
  priorityScore?: number | null | undefined;
  qualificationScore?: number | null | undefined;
  timeZone?: string | null | undefined;
  language?: string | null | undefined;
  country?: string | null | undefined;
  source?: string | null | undefined;
  ownerId?: string | null | undefined;
  teamId?: string | null | undefined;
  custom?: Readonly<Record<string, unknown>> | undefined;
}

export interface CreateProspectInput extends ProspectFields {
  /** Starts looking the person up at the providers that are set up. */
  enrichmentEnabled?: boolean | undefined;
}

/**
 * @throws AppError validation; conflict `DUPLICATE_PROSPECT` (`details.existingId`); forbidden `PLAN_LIMIT_REACHED`.
 */
export const createProspect = verb(
  { permission: 'prospects.edit' },
  async (ctx, input: CreateProspectInput): Promise<ProspectView> => {
    requireName(input);
    await requireRecords(ctx, input);
    if (input.email) await requireFreeEmail(ctx, input.email);
    await requireRoomForProspects(ctx, 1);
    const keys = await contactKeys(ctx, { email: input.email ?? null, phone: input.phone ?? null });
    const { id } = await ctx.tx
      .insertInto('prospects')
      .values({
        email: input.email ?? null,
        phone: input.phone ?? null,
        email_key: keys.emailKey,
        phone_key: keys.phoneKey,
        linkedin_url: input.linkedinUrl ?? null,
        first_name: input.firstName ?? null,
        last_name: input.lastName ?? null,
        title: input.title ?? null,
        company: input.company ?? null,
        account_id: input.accountId ?? (await accountOfDomain(ctx, input.email)),
        status: input.status ?? 'new',
        relationship_stage: input.relationshipStage ?? 'cold',
        priority_score: input.priorityScore ?? null,
        qualification_score: input.qualificationScore ?? null,
        time_zone: input.timeZone ?? null,
        language: input.language ?? null,
        country: input.country ?? null,
        source: input.source ?? null,
        owner_id: input.ownerId === undefined ? actingUser(ctx) : input.ownerId,
        team_id: await teamOfNew(ctx, input.teamId),
        custom: JSON.stringify(await mergedCustom(ctx, 'prospect', {}, input.custom)),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await linkCustomers(ctx, { prospectIds: [id] });
    await audit(ctx, 'prospect.create', {
      entityType: 'prospect',
      entityId: id,
      after: { status: input.status ?? 'new' },
    });
    await emit(ctx, prospectCreated, { entityId: id, data: { id } });
    if (input.enrichmentEnabled) await openRequest(ctx, 'prospect_created', { prospectIds: [id] });
    return readProspect(ctx, id);
  },
);

/** @throws AppError validation when nothing says who it is. */
export function requireName(fields: ProspectFields): void {
  if (fields.email || fields.phone || fields.linkedinUrl || fields.lastName || fields.firstName) return;
  throw invalid('email', 'is required when neither phone, linkedinUrl nor a name is given');
}

/** @throws AppError conflict `DUPLICATE_PROSPECT`. */
export async function requireFreeEmail(ctx: Ctx, email: string, ownId?: string): Promise<void> {
  const existingId = await prospectOfEmail(ctx, email);
  if (existingId === undefined || existingId === ownId) return;
  throw conflict('DUPLICATE_PROSPECT', 'A prospect with this e-mail exists already.', {
    issues: [{ field: 'email', message: 'exists already' }],
    details: { existingId },
    hint: 'Change the existing one with PUT, or merge the two.',
  });
}

/** Who has the address, whatever its case. */
export async function prospectOfEmail(ctx: Ctx, email: string): Promise<string | undefined> {
  const { rows } = await acrossTeams(ctx, () =>
    sql<{ id: string }>`
      select id from prospects
      where organization_id = ${ctx.organizationId} and email_lower = lower(${email}::text)
        and deleted_at is null`.execute(ctx.tx),
  );
  return rows[0]?.id;
}

/**
 * Makes room for `count` more prospects in the plan. Holds the organization's row, so that two requests cannot both take
 * the last place; plans without a limit hold nothing. @throws AppError forbidden `PLAN_LIMIT_REACHED`.
 */
export async function requireRoomForProspects(ctx: Ctx, count: number): Promise<void> {
  const { room, refusal } = await roomForProspects(ctx);
  if (count > room) throw refusal();
}

/** How many more the plan has room for, held until the transaction ends; and what to say to those beyond. */
export async function roomForProspects(ctx: Ctx): Promise<{ room: number; refusal(): AppError }> {
  const read = () => ctx.tx.selectFrom('organizations').select('plan').where('id', '=', ctx.organizationId);
  const { plan } = await read().executeTakeFirstOrThrow();
  const { maxProspects } = PLANS[plan as Plan];
  const refusal = () =>
    forbidden('PLAN_LIMIT_REACHED', `The plan ${plan} includes ${maxProspects} prospects.`, {
      hint: 'Delete prospects that you no longer need, or choose a larger plan.',
      details: { plan, limit: maxProspects },
    });
  if (maxProspects === null) return { room: Number.POSITIVE_INFINITY, refusal };
  await read().forNoKeyUpdate().executeTakeFirstOrThrow();
  const { rows } = await acrossTeams(ctx, () =>
    sql<{ count: number }>`
      select count(*)::integer as count from prospects
      where organization_id = ${ctx.organizationId} and deleted_at is null`.execute(ctx.tx),
  );
  return { room: maxProspects - (rows[0]?.count ?? 0), refusal };
}

/** The account whose domain the address ends in. */
async function accountOfDomain(ctx: Ctx, email: string | null | undefined): Promise<string | null> {
  const domain = email?.split('@')[1]?.toLowerCase();
  if (!domain) return null;
  const { rows } = await sql<{ id: string }>`
    select id from accounts
    where organization_id = ${ctx.organizationId} and domain_lower = ${domain} and deleted_at is null`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}
