import { type RawBuilder, sql } from 'kysely';
import type { DifferencePart } from '../../../domain/insight/comparison.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { created, createdAndNotEnded, existedAt } from '../attribution/frozen-view.query.ts';

/**
 * What differs in the data that two snapshots saw, whichever of them is the older one.
 * @param reads whether the runs read events and page views at all: the tables may be large
 */
export async function readChanges(
  ctx: Ctx,
  base: string,
  other: string,
  reads: { events: boolean; pageViews: boolean },
): Promise<Record<Exclude<DifferencePart, 'configuration'>, boolean>> {
  const organization = sql`organization_id = ${ctx.organizationId}`;
  const ended = (snapshot: string) =>
    sql`coalesce(pg_visible_in_snapshot(x.ended_xid, ${snapshot}::pg_snapshot), false)`;
  const linksIn = (table: string) => sql`exists (
    select from ${sql.table(table)} x
    where x.${organization} and ${createdAndNotEnded('x', base)} <> ${createdAndNotEnded('x', other)})`;
  // An old version that one run read and the other, which knows the fact as well, did not.
  const corrected = (table: string, where: RawBuilder<unknown>) => sql`exists (
    select from ${sql.table(table)} x
    where x.${organization} and ${where} and ${ended(base)} <> ${ended(other)}
      and ${existedAt(table, 'x', base)} and ${existedAt(table, 'x', other)})`;
  const appeared = (table: string, where: RawBuilder<unknown>) => sql`exists (
    select from ${sql.table(table)} x
    where x.${organization} and ${where} and not (${created('x', base)} and ${created('x', other)})
      and ${existedAt(`${table}_history`, 'x', base)} <> ${existedAt(`${table}_history`, 'x', other)})`;
  const refund = sql`x.refund_of is not null`;
  const noRefund = sql`x.refund_of is null`;
  const always = sql`true`;
  const behavior = (table: 'events' | 'website_page_views') => sql`or exists (
    select from ${sql.table(table)} x where x.${organization} and ${created('x', base)} <> ${created('x', other)})`;
  const { rows } = await sql<Record<Exclude<DifferencePart, 'configuration'>, boolean>>`
    select ${linksIn('identity_links')} or ${linksIn('conversion_parties')} as identity,
           ${corrected('interactions_history', always)} or ${corrected('conversions_history', noRefund)} as corrections,
           ${appeared('interactions', always)} or ${appeared('conversions', noRefund)}
             ${reads.events ? behavior('events') : sql``}
             ${reads.pageViews ? behavior('website_page_views') : sql``} as "lateData",
           ${appeared('conversions', refund)} or ${corrected('conversions_history', refund)} as refunds`.execute(
    ctx.tx,
  );
  return rows[0]!;
}
