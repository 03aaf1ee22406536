import { type RawBuilder, sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import type { IntentTier } from '../../../domain/crm/intent.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const INTENT_ALERT_TYPES = ['spike', 'tier_change'] as const;
export type IntentAlertType = (typeof INTENT_ALERT_TYPES)[number];

export interface IntentAlertView {
  id: string;
  type: IntentAlertType;
  prospectId: string | null;
  accountId: string | null;
  /** Of the person or the company. */
  name: string | null;
  score: number;
  previousScore: number;
  tier: IntentTier;
  previousTier: IntentTier | null;
  details: Record<string, unknown>;
  detectedAt: Date;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  note: string | null;
  version: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  a.id, a.type, a.prospect_id as "prospectId", a.account_id as "accountId",
  coalesce(c.name, nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email, p.phone) as name,
  a.score::double precision, a.previous_score::double precision as "previousScore", a.tier,
  a.previous_tier as "previousTier", a.details, a.detected_at as "detectedAt", a.acknowledged_at as "acknowledgedAt",
  a.acknowledged_by as "acknowledgedBy", a.note, a.version`);
const SOURCE: RawBuilder<unknown> = sql`intent_alerts a
  left join prospects p on p.organization_id = a.organization_id and p.id = a.prospect_id
  left join accounts c on c.organization_id = a.organization_id and c.id = a.account_id`;

export interface ListAlertsInput extends PageInput {
  type?: IntentAlertType | undefined;
  acknowledged?: boolean | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
}

/** Latest first; of people and companies that are still there. */
export const listIntentAlerts = verb(
  { permission: 'intent.view' },
  async (ctx, input: ListAlertsInput): Promise<{ items: IntentAlertView[]; total: number }> => {
    const where = sql.join(
      [
        sql`a.organization_id = ${ctx.organizationId}`,
        sql`p.deleted_at is null and c.deleted_at is null`,
        ...(input.type === undefined ? [] : [sql`a.type = ${input.type}`]),
        ...(input.prospectId === undefined ? [] : [sql`a.prospect_id = ${input.prospectId}`]),
        ...(input.accountId === undefined ? [] : [sql`a.account_id = ${input.accountId}`]),
        ...(input.acknowledged === undefined
          ? []
          : [input.acknowledged ? sql`a.acknowledged_at is not null` : sql`a.acknowledged_at is null`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<IntentAlertView & { total: number }>`
        select ${COLUMNS}, (select count(*) from ${SOURCE} where ${where})::integer as total
        from ${SOURCE} where ${where}
        order by a.detected_at desc, a.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

async function readAlert(ctx: Ctx, id: string): Promise<IntentAlertView> {
  const { rows } = await sql<IntentAlertView>`
    select ${COLUMNS} from ${SOURCE} where a.organization_id = ${ctx.organizationId} and a.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The alert');
  return rows[0];
}

/** Somebody has seen to it. @throws AppError not_found; conflict `ALERT_ACKNOWLEDGED`. */
export const acknowledgeIntentAlert = verb(
  { permission: 'intent.edit' },
  async (ctx, input: { id: string; note?: string | undefined }): Promise<IntentAlertView> => {
    const { rows } = await sql`
      update intent_alerts
      set acknowledged_at = ${ctx.now}, acknowledged_by = ${ctx.principal.userId ?? null}::uuid,
          note = ${input.note ?? null}
      where organization_id = ${ctx.organizationId} and id = ${input.id} and acknowledged_at is null
      returning id`.execute(ctx.tx);
    const alert = await readAlert(ctx, input.id);
    if (rows.length === 0) {
      throw conflict('ALERT_ACKNOWLEDGED', 'Somebody has acknowledged the alert already.', {
        details: { acknowledgedAt: alert.acknowledgedAt, acknowledgedBy: alert.acknowledgedBy },
      });
    }
    await audit(ctx, 'intent_alert.acknowledge', { entityType: 'intent_alert', entityId: input.id });
    return alert;
  },
);
