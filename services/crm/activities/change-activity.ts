import { notFound } from '../../../domain/core/errors.ts';
import type { ActivityType } from '../../../domain/crm/activity.rules.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { activityChanged } from '../events.ts';

export interface ChangeActivityInput {
  id: string;
  type?: ActivityType | undefined;
  subject?: string | null | undefined;
  notes?: string | null | undefined;
  occurredAt?: Date | undefined;
  /** Takes the line out of the timeline. */
  deleted?: true | undefined;
}

/** A line of the timeline that another system keeps as well has changed there. @throws AppError not_found. */
export const changeActivity = verb(
  { permission: 'activities.edit' },
  async (ctx, { id, type, subject, notes, occurredAt, deleted }: ChangeActivityInput): Promise<void> => {
    const { numUpdatedRows } = await ctx.tx
      .updateTable('activities')
      .set({
        ...(type === undefined ? {} : { type }),
        ...(subject === undefined ? {} : { subject }),
        ...(notes === undefined ? {} : { notes }),
        ...(occurredAt === undefined ? {} : { occurred_at: occurredAt }),
        ...(deleted ? { deleted_at: ctx.now } : {}),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw notFound('The activity');
    await emit(ctx, activityChanged, { entityId: id, data: { id } });
  },
);
