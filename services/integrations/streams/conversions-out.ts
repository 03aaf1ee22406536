import { sql } from 'kysely';
import type { Fields, RemoteChange } from '../../../domain/integrations/adapter.port.ts';
import { majorUnits } from '../../data/index.ts';
import type { OutletStream } from './stream.ts';

interface Row {
  /** Place of the conversion: an event may tell of many. */
  readonly place: string;
  readonly id: string;
  readonly fields: Fields;
}

/** Behind every conversion of an event. */
const LAST = 2_147_483_647;

/** The messageId of what goes out begins so: when it comes back in, it is known. */
export const OWN_MESSAGES = 'revloop-';

/**
 * Conversions go out in the order in which they were committed, from the moment of the installation on. What came in from
 * the same source does not go back to it.
 */
export const conversionsOut: OutletStream = {
  kind: 'outlet',
  async next(ctx, connection, cursor, limit) {
    const { rows: heads } = await sql<{ head: string }>`
      select coalesce(max(position), 0)::text as head from domain_events
      where organization_id = ${ctx.organizationId}`.execute(ctx.tx);
    const end = `${heads[0]!.head}:${LAST}`;
    if (cursor === null) return { changes: [], cursor: end, more: false };
    const [position, at] = cursor.split(':');
    const { rows } = await sql<Row>`
      with told as (
        select e.position, id.at, id.value::uuid as id
        from domain_events e, jsonb_array_elements_text(e.data -> 'ids') with ordinality as id(value, at)
        where e.organization_id = ${ctx.organizationId} and e.type = 'conversions.ingested'
          and e.position >= ${position}::bigint and (e.position, id.at) > (${position}::bigint, ${at}::bigint))
      select told.position || ':' || told.at as place, c.id, jsonb_build_object(
        'messageId', ${OWN_MESSAGES}::text || c.id, 'event', case when c.refund_of is null then 'Conversion' else 'Refund' end,
        'timestamp', to_char(c.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'userId', person.user_id, 'anonymousId', c.customer_id, 'email', person.email,
        'conversionId', c.id, 'externalId', c.external_id, 'conversionType', c.event_type, 'source', c.event_source,
        'revenue', trim_scale(${majorUnits(sql`c.amount_minor`, sql`c.currency`)})::text, 'currency', c.currency) as fields
      from told
      join conversions c on c.organization_id = ${ctx.organizationId} and c.id = told.id and c.voided_at is null
      cross join lateral (
        select min(i.value) filter (where i.type = 'user_id') as user_id, min(i.value) filter (where i.type = 'email') as email
        from customer_identifiers i
        where i.organization_id = c.organization_id and i.customer_id = c.customer_id) person
      where c.event_source <> ${connection.source}
      order by told.position, told.at
      limit ${limit}::integer`.execute(ctx.tx);
    const changes = rows.map(({ id, fields }): RemoteChange => ({ kind: 'create', localId: id, fields }));
    const more = rows.length === limit;
    return { changes, cursor: more ? rows.at(-1)!.place : end, more };
  },
};
