import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { logActivity } from '../activities/log-activity.ts';
import { mergedCustom } from '../custom-fields/check-custom.ts';
import { prospectAssigned, prospectUpdated } from '../events.ts';
import { lockRecord } from '../lock-record.ts';
import { requireRecords } from '../references.ts';
import { type ProspectFields, requireFreeEmail, requireName } from './create-prospect.ts';
import { contactKeys, linkCustomers } from './customer-link.ts';
import { type ProspectView, readProspect } from './prospect-view.ts';

export interface UpdateProspectInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: ProspectFields;
}

/**
 * Partial: absent fields stay, null takes a value away. What did not change is neither audited nor told.
 * @throws AppError not_found; precondition_failed; validation; conflict `DUPLICATE_PROSPECT`.
 */
export const updateProspect = verb(
  { permission: 'prospects.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateProspectInput): Promise<ProspectView> => {
    await lockRecord(ctx, 'prospects', { id, expectedVersion });
    const before = await readProspect(ctx, id);
    const { custom, ...fields } = changes;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given, custom: await mergedCustom(ctx, 'prospect', before.custom, custom) };
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    requireName(after);
    await requireRecords(ctx, only(after, changed));
    if (changed.includes('email') && after.email) await requireFreeEmail(ctx, after.email, id);
    const keys = await contactKeys(ctx, after);
    await ctx.tx
      .updateTable('prospects')
      .set({
        email: after.email,
        phone: after.phone,
        email_key: keys.emailKey,
        phone_key: keys.phoneKey,
        linkedin_url: after.linkedinUrl,
        first_name: after.firstName,
        last_name: after.lastName,
        title: after.title,
        company: after.company,
        account_id: after.accountId,
        status: after.status,
        relationship_stage: after.relationshipStage,
        priority_score: after.priorityScore,
        qualification_score: after.qualificationScore,
        time_zone: after.timeZone,
        language: after.language,
        country: after.country,
        source: after.source,
        owner_id: after.ownerId,
        team_id: after.teamId,
        custom: JSON.stringify(after.custom),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    if (changed.includes('email') || changed.includes('phone')) await linkCustomers(ctx, { prospectIds: [id] });
    // The audit log names the fields of a person, not their values: it outlives an erasure.
    await audit(ctx, 'prospect.update', { entityType: 'prospect', entityId: id, after: { fields: changed } });
    if (before.status !== after.status) {
      await logActivity(ctx, {
        type: 'status_changed',
        subject: `Status: ${before.status} → ${after.status}`,
        prospectId: id,
        data: { from: before.status, to: after.status },
      });
    }
    await emit(ctx, prospectUpdated, { entityId: id, data: { id, fields: changed } });
    if (before.ownerId !== after.ownerId) {
      await emit(ctx, prospectAssigned, { entityId: id, data: { id, ownerId: after.ownerId } });
    }
    return readProspect(ctx, id);
  },
);

/** Names of the fields whose values differ. */
export const changedFields = <T extends object>(before: T, after: T): (keyof T & string)[] =>
  (Object.keys(after) as (keyof T & string)[]).filter(
    (key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );

const only = <T extends object>(row: T, fields: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(fields.map((field) => [field, row[field]])) as Partial<T>;
