import { sql } from 'kysely';
import { type Identifier, isWeakIdentifier, SESSION_TYPE, WEAK_TYPES } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { PlainFact } from '../facts/ingest-plain.ts';
import type { RawIdentifier } from '../ingestion/facts.ts';
import { findIdentifiers, resolveFacts } from '../journey/resolve-customers.ts';

/** What events and page views have in common. */
export interface BehaviorInput {
  sessionId?: string | undefined;
  visitorId?: string | undefined;
  customerIdentifiers?: RawIdentifier[] | undefined;
  occurredAt?: Date | undefined;
}

export interface BehaviorFact extends PlainFact {
  readonly identifiers: readonly Identifier[];
  readonly sessionId: string | null;
  readonly occurredAt: Date;
}

/** A visitor id is a cookie of the site. */
export const namedBy = ({ customerIdentifiers = [], visitorId }: BehaviorInput): RawIdentifier[] =>
  visitorId === undefined ? customerIdentifiers : [...customerIdentifiers, { type: 'cookie', value: visitorId }];

const namesPerson = ({ identifiers }: BehaviorFact): boolean =>
  identifiers.some((identifier) => !isWeakIdentifier(identifier.type));

/**
 * Whose the rows are, one entry per fact; null is nobody yet. Within a session the one who was named owns also the
 * rows that name nobody or a browser alone, those that are stored already included.
 */
export async function ownersOf(ctx: Ctx, facts: readonly BehaviorFact[]): Promise<(string | null)[]> {
  const known = await lockSessions(ctx, facts);
  const named = facts.filter(namesPerson);
  const sessionsNamed = new Set(named.flatMap((fact) => fact.sessionId ?? []));
  const isOwned = ({ sessionId }: BehaviorFact) =>
    sessionId !== null && (known.has(sessionId) || sessionsNamed.has(sessionId));
  // Also those of a session whose owner is known: that they share it tells whose browser it is.
  const browsers = facts.filter((fact) => !namesPerson(fact) && fact.identifiers.length > 0);
  const owners = await resolveAll(ctx, [...named, ...browsers]);

  const ownersBySession = Map.groupBy(
    named.filter((fact) => fact.sessionId !== null),
    (fact) => fact.sessionId!,
  );
  const newlyNamed = [...ownersBySession].flatMap(([sessionId, inSession]) =>
    known.has(sessionId) ? [] : [{ session_id: sessionId, customer_id: owners.get(earliest(inSession))! }],
  );
  if (newlyNamed.length > 0) await claimStored(ctx, newlyNamed);
  return facts.map((fact) => {
    const own = owners.get(fact);
    if ((own && (namesPerson(fact) || !isOwned(fact))) || fact.sessionId === null) return own ?? null;
    const inSession = ownersBySession.get(fact.sessionId);
    return (inSession && owners.get(nearest(inSession, fact))) ?? known.get(fact.sessionId) ?? null;
  });
}

const byTime = (a: BehaviorFact, b: BehaviorFact) => a.occurredAt.getTime() - b.occurredAt.getTime();
const earliest = (facts: readonly BehaviorFact[]): BehaviorFact => facts.toSorted(byTime)[0]!;

/** Who was named next in the session, else who was named last. */
function nearest(inSession: readonly BehaviorFact[], fact: BehaviorFact): BehaviorFact {
  const sorted = inSession.toSorted(byTime);
  return sorted.find((candidate) => candidate.occurredAt >= fact.occurredAt) ?? sorted.at(-1)!;
}

async function resolveAll(ctx: Ctx, facts: readonly BehaviorFact[]): Promise<Map<BehaviorFact, string>> {
  if (facts.length === 0) return new Map();
  const identifiers = facts.map((fact) =>
    fact.sessionId === null ? fact.identifiers : [...fact.identifiers, { type: SESSION_TYPE, value: fact.sessionId }],
  );
  const { customerIds } = await resolveFacts(
    ctx,
    identifiers,
    await findIdentifiers(ctx, identifiers.flat()),
    facts.map((fact) => ({ type: 'event', externalId: fact.externalId ?? '', at: fact.occurredAt })),
  );
  return new Map(facts.map((fact, index) => [fact, customerIds[index]!]));
}

/**
 * Session → who was named in it last. Holds the sessions until the transaction ends: an anonymous row that is written
 * while somebody is being named would otherwise stay anonymous.
 */
async function lockSessions(ctx: Ctx, facts: readonly BehaviorFact[]): Promise<Map<string, string>> {
  const sessions = [...new Set(facts.flatMap((fact) => fact.sessionId ?? []))];
  if (sessions.length === 0) return new Map();
  const wanted = sql.val(sessions);
  const named = (table: 'events' | 'website_page_views') => sql`(
    select r.customer_id, r.occurred_at from ${sql.table(table)} r
    where r.organization_id = ${ctx.organizationId} and r.session_id = wanted.id and r.customer_id is not null
      and ${isPerson('r')}
    order by r.occurred_at desc limit 1)`;
  // Sent together; the second statement sees what was committed while the first one waited.
  const [, { rows }] = await Promise.all([
    sql`
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended(${ctx.organizationId}::text || id, 0) as key
        from unnest(${wanted}::text[]) as id order by 1) sorted`.execute(ctx.tx),
    sql<{ id: string; customer_id: string }>`
      select wanted.id, owner.customer_id from unnest(${wanted}::text[]) as wanted(id)
      cross join lateral (
        select customer_id from (${named('events')} union all ${named('website_page_views')}) r
        order by occurred_at desc limit 1
      ) owner`.execute(ctx.tx),
  ]);
  return new Map(rows.map((row) => [row.id, row.customer_id]));
}

/** The record is known by more than a browser. */
const isPerson = (alias: string) => sql`exists (
  select from customer_identifiers i
  where i.organization_id = ${sql.ref(`${alias}.organization_id`)} and i.customer_id = ${sql.ref(`${alias}.customer_id`)}
    and i.type <> all(${sql.val([...WEAK_TYPES])}::text[]))`;

/** A row counts from now on for its new owner; runs that are frozen find the one before in the history. */
async function claimStored(
  ctx: Ctx,
  claims: readonly { session_id: string; customer_id: string | undefined }[],
): Promise<void> {
  for (const table of ['events', 'website_page_views'] as const) {
    await sql`
      with claimed as materialized (
        select r.id, r.customer_id, r.created_xid, claim.customer_id as owner_id
        from ${sql.table(table)} r
        join jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as claim(session_id text, customer_id uuid)
          on claim.session_id = r.session_id
        where r.organization_id = ${ctx.organizationId} and (r.customer_id is null or not ${isPerson('r')})
          and r.customer_id is distinct from claim.customer_id
        for no key update of r
      ),
      kept as (
        insert into behavior_owners_history (organization_id, fact_id, customer_id, created_xid)
        select ${ctx.organizationId}, id, customer_id, created_xid from claimed where customer_id is not null
        on conflict do nothing
      )
      update ${sql.table(table)} r set customer_id = claimed.owner_id, created_xid = pg_current_xact_id()
      from claimed
      where r.organization_id = ${ctx.organizationId} and r.id = claimed.id`.execute(ctx.tx);
  }
}
