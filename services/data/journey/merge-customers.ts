import { sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { customerMerged, customerUnmerged } from '../events.ts';
import { relinkCustomers } from './link-customers.ts';
import { findPerson, type Person } from './person.query.ts';

export interface MergeView {
  mergeId: string;
  sourceId: string;
  targetId: string;
  reason: string | null;
  /** The record that stands for the person. */
  customerId: string;
  linkedCustomerIds: string[];
  mergedAt: Date;
}

/**
 * Says that two records are one person. Facts stay on their records; links point to the record with the earliest fact,
 * from this transaction on. A separation of the two ends.
 * @throws AppError not_found for either; conflict `SAME_CUSTOMER` when they are one person already.
 */
export const mergeCustomers = verb(
  { permission: 'analytics.journey.edit' },
  async (
    ctx,
    { sourceId, targetId, reason }: { sourceId: string; targetId: string; reason?: string | undefined },
  ): Promise<MergeView> => {
    const [source, target] = await lockedPersons(ctx, sourceId, targetId);
    if (source.canonicalId === target.canonicalId) {
      throw conflict('SAME_CUSTOMER', 'Both records are one person already.', {
        hint: 'Read the customer: its linked records and merges are listed there.',
        details: { customerId: source.canonicalId },
      });
    }
    const merge = await ctx.tx
      .insertInto('customer_merges')
      .values({ source_id: sourceId, target_id: targetId, reason: reason ?? null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`
      delete from identity_separations
      where organization_id = ${ctx.organizationId}
        and ((first_id = any(${sql.val(source.recordIds)}::uuid[]) and second_id = any(${sql.val(target.recordIds)}::uuid[]))
          or (second_id = any(${sql.val(source.recordIds)}::uuid[]) and first_id = any(${sql.val(target.recordIds)}::uuid[])))`.execute(
      ctx.tx,
    );
    await ctx.tx
      .insertInto('identity_evidence')
      .values({ kind: 'merge', first_id: sourceId, second_id: targetId, merge_id: merge.id })
      .execute();
    await relinkCustomers(ctx, [sourceId, targetId], { reason: 'merge', mergeId: merge.id });
    const person = await findPerson(ctx, targetId);
    await audit(ctx, 'customers.merge', {
      entityType: 'customer',
      entityId: person.canonicalId,
      before: { source: source.recordIds, target: target.recordIds },
      after: { mergeId: merge.id, records: person.recordIds },
    });
    await emit(ctx, customerMerged, {
      entityId: person.canonicalId,
      data: { mergeId: merge.id, sourceId, targetId, customerId: person.canonicalId },
    });
    return {
      mergeId: merge.id,
      sourceId,
      targetId,
      reason: reason ?? null,
      customerId: person.canonicalId,
      linkedCustomerIds: person.recordIds.filter((id) => id !== person.canonicalId),
      mergedAt: ctx.now,
    };
  },
);

/** Reads both persons once their records cannot be linked by others any more. */
async function lockedPersons(ctx: Ctx, sourceId: string, targetId: string): Promise<[Person, Person]> {
  const before = [await findPerson(ctx, sourceId), await findPerson(ctx, targetId)];
  await sql`
    select id from customers
    where organization_id = ${ctx.organizationId}
      and id = any(${sql.val(before.flatMap((person) => person.recordIds))}::uuid[])
    order by id for no key update`.execute(ctx.tx);
  return [await findPerson(ctx, sourceId), await findPerson(ctx, targetId)];
}

export interface UnmergeView {
  mergeId: string;
  /** The persons that the two sides are now. */
  customers: { id: string; linkedCustomerIds: string[] }[];
  unmergedAt: Date;
}

/**
 * Takes a merge back: records group as they did without it, and facts that came since stay on the record that they
 * named. From now on no shared identifier joins the two again; only another merge does.
 * @throws AppError not_found unless the merge is one of this person; conflict `ALREADY_UNMERGED`.
 */
export const unmergeCustomer = verb(
  { permission: 'analytics.journey.edit' },
  async (ctx, { customerId, mergeId }: { customerId: string; mergeId: string }): Promise<UnmergeView> => {
    const { recordIds } = await findPerson(ctx, customerId);
    const merge = await ctx.tx
      .selectFrom('customer_merges')
      .select(['source_id', 'target_id', 'undone_at'])
      .where('id', '=', mergeId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!merge || ![merge.source_id, merge.target_id].some((id) => recordIds.includes(id))) {
      throw notFound('The merge', 'The merges of a customer are listed where the customer is read.');
    }
    if (merge.undone_at) {
      throw conflict('ALREADY_UNMERGED', 'The merge was undone already.', {
        hint: 'Nothing was changed.',
        details: { undoneAt: merge.undone_at.toISOString() },
      });
    }
    await ctx.tx.updateTable('customer_merges').set({ undone_at: ctx.now }).where('id', '=', mergeId).execute();
    await ctx.tx.deleteFrom('identity_evidence').where('merge_id', '=', mergeId).execute();
    const [first, second] = [merge.source_id, merge.target_id].sort();
    await ctx.tx
      .insertInto('identity_separations')
      .values({ first_id: first!, second_id: second!, merge_id: mergeId })
      .onConflict((there) => there.columns(['organization_id', 'first_id', 'second_id']).doNothing())
      .execute();
    await relinkCustomers(ctx, [merge.source_id, merge.target_id, ...recordIds], { reason: 'unmerge', mergeId });
    const persons = [await findPerson(ctx, merge.source_id), await findPerson(ctx, merge.target_id)];
    const customers = persons.map((person) => ({
      id: person.canonicalId,
      linkedCustomerIds: person.recordIds.filter((id) => id !== person.canonicalId),
    }));
    await audit(ctx, 'customers.unmerge', {
      entityType: 'customer',
      entityId: customerId,
      before: { mergeId, records: recordIds },
      after: { customers },
    });
    await emit(ctx, customerUnmerged, {
      entityId: customerId,
      data: { mergeId, sourceId: merge.source_id, targetId: merge.target_id },
    });
    return { mergeId, customers, unmergedAt: ctx.now };
  },
);
