import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import { LINKEDIN_ENGAGEMENTS, type LinkedinEngagementType } from '../../../domain/crm/intent.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { logActivity } from '../activities/log-activity.ts';
import { recordTouch } from '../activities/touch.ts';
import { linkedinEngaged } from '../events.ts';
import { requireRecords } from '../references.ts';
import { recordSignals } from './record-signals.ts';

export interface LinkedinEngagementInput {
  /** One of the two. */
  prospectId?: string | undefined;
  linkedinUrl?: string | undefined;
  type: LinkedinEngagementType;
  contentUrl?: string | undefined;
  notes?: string | undefined;
  /** Whose profile or post it was. */
  userId?: string | undefined;
  externalId?: string | undefined;
  occurredAt?: Date | undefined;
}

export interface LinkedinEngagementView {
  id: string;
  prospectId: string;
  type: LinkedinEngagementType;
  contentUrl: string | null;
  notes: string | null;
  userId: string | null;
  externalId: string | null;
  occurredAt: Date;
  createdAt: Date;
}

const COLUMNS = sql.raw(`
  e.id, e.prospect_id as "prospectId", e.type, e.content_url as "contentUrl", e.notes, e.user_id as "userId",
  e.external_id as "externalId", e.occurred_at as "occurredAt", e.created_at as "createdAt"`);

/** `https://www.linkedin.com/in/Ada/?x=1` and `linkedin.com/in/ada` are one profile. */
const profile = (value: unknown) =>
  sql`lower(regexp_replace(regexp_replace(${value}::text, '^(https?://)?([a-z]{2,3}\\.)?', '', 'i'), '/*([?#].*)?$', ''))`;

async function prospectOf(ctx: Ctx, input: LinkedinEngagementInput): Promise<string> {
  await requireRecords(ctx, { prospectId: input.prospectId, ownerId: input.userId });
  if (input.prospectId) return input.prospectId;
  if (!input.linkedinUrl) throw invalid('prospectId', 'is required when no linkedinUrl is given');
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and deleted_at is null and linkedin_url is not null
      and ${profile(sql.ref('linkedin_url'))} = ${profile(input.linkedinUrl)}
    order by created_at, id limit 1`.execute(ctx.tx);
  if (rows[0]) return rows[0].id;
  const hint = 'Create the prospect with POST /api/v1/prospects first, with this linkedinUrl.';
  throw invalid('linkedinUrl', 'belongs to no prospect', input.linkedinUrl, hint);
}

/**
 * Something a prospect did on LinkedIn: a signal, a line of the timeline and, unless it was only looking, a touch.
 * @throws AppError validation; conflict `DUPLICATE_ENGAGEMENT` (`details.existingId`).
 */
export const recordLinkedinEngagement = verb(
  { permission: 'intent.edit' },
  async (ctx, input: LinkedinEngagementInput): Promise<LinkedinEngagementView> => {
    const prospectId = await prospectOf(ctx, input);
    const occurredAt = input.occurredAt ?? ctx.now;
    if (occurredAt > ctx.now) throw invalid('occurredAt', 'lies ahead', occurredAt.toISOString());
    const { rows } = await sql<LinkedinEngagementView>`
      insert into linkedin_engagements as e (prospect_id, type, content_url, notes, user_id, external_id, occurred_at)
      values (${prospectId}, ${input.type}, ${input.contentUrl ?? null}, ${input.notes ?? null},
              ${input.userId ?? null}::uuid, ${input.externalId ?? null}, ${occurredAt})
      on conflict (organization_id, external_id) where external_id is not null do nothing
      returning ${COLUMNS}`.execute(ctx.tx);
    const engagement = rows[0];
    if (!engagement) throw await duplicate(ctx, input.externalId!);
    const { id } = engagement;
    const rule = LINKEDIN_ENGAGEMENTS[input.type];
    await recordSignals(ctx, [
      {
        type: rule.signal,
        prospectId,
        strength: rule.strength,
        source: 'linkedin',
        sourceKey: `linkedin:${id}`,
        topic: input.type,
        url: input.contentUrl,
        occurredAt,
      },
    ]);
    await logActivity(ctx, {
      type: 'linkedin_interaction',
      subject: `LinkedIn: ${input.type.replace('_', ' ')}`,
      notes: input.notes,
      occurredAt,
      prospectId,
      source: { type: 'linkedin_engagement', id },
      data: { type: input.type },
    });
    await audit(ctx, 'linkedin_engagement.record', {
      entityType: 'linkedin_engagement',
      entityId: id,
      after: { prospect_id: prospectId, type: input.type },
    });
    await emit(ctx, linkedinEngaged, { entityId: id, data: { id } });
    return engagement;
  },
);

async function duplicate(ctx: Ctx, externalId: string): Promise<Error> {
  const row = await ctx.tx
    .selectFrom('linkedin_engagements')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  return conflict('DUPLICATE_ENGAGEMENT', 'An engagement with this external id is stored already.', {
    issues: [{ field: 'externalId', message: 'is stored already', value: externalId }],
    details: { existingId: row?.id },
  });
}

export const listLinkedinEngagements = verb(
  { permission: 'intent.view' },
  async (
    ctx,
    input: PageInput & { prospectId?: string | undefined; type?: LinkedinEngagementType | undefined },
  ): Promise<{ items: LinkedinEngagementView[]; total: number }> => {
    const where = sql.join(
      [
        sql`e.organization_id = ${ctx.organizationId}`,
        ...(input.prospectId === undefined ? [] : [sql`e.prospect_id = ${input.prospectId}`]),
        ...(input.type === undefined ? [] : [sql`e.type = ${input.type}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<LinkedinEngagementView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from linkedin_engagements e where ${where}
        order by e.occurred_at desc, e.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** What was said or shown becomes an interaction of the person; a look at a profile is none. */
export async function touchByLinkedin(ctx: Ctx, engagementId: string): Promise<void> {
  const engagement = await ctx.tx
    .selectFrom('linkedin_engagements')
    .select(['prospect_id', 'type', 'user_id', 'occurred_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', engagementId)
    .executeTakeFirst();
  if (!engagement || engagement.type === 'profile_view') return;
  await recordTouch(ctx, {
    externalId: `b:linkedin_engagements:${engagementId}`,
    channel: 'linkedin',
    direction: 'inbound',
    startedAt: engagement.occurred_at,
    prospectId: engagement.prospect_id,
    accountId: null,
    userId: engagement.user_id,
    metadata: { type: engagement.type },
  });
}
