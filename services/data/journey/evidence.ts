import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** The fact whose identifiers are resolved, for the rule of claims and for the log of conflicts. */
export interface FactOrigin {
  readonly type: string;
  readonly externalId: string;
  readonly at: Date;
}

/** One fact named identifiers of both records. */
export interface SharedEvidence {
  readonly kind: 'shared' | 'device';
  readonly ids: readonly [string, string];
  readonly identifierType: string;
  readonly origin: FactOrigin;
}

/** A fact named an anonymous record's device together with a person. */
export interface Claim {
  readonly visitorId: string;
  readonly customerId: string;
  /** The smallest strong identifier of the fact. */
  readonly tieKey: string;
  readonly identifierType: string;
  readonly origin: FactOrigin;
}

/** Two records that a fact shows together; when they end up as two people, the log says which rule decided. */
export interface Doubt {
  readonly ids: readonly [string, string];
  readonly identifierType: string;
  readonly rule: 'separated' | 'earliest_claim';
  readonly origin: FactOrigin;
}

/** @returns the records of evidence that was not known yet. */
export async function storeShared(ctx: Ctx, evidence: readonly SharedEvidence[]): Promise<string[]> {
  const rows = evidence.map(({ kind, ids }) => {
    const [first, second] = [...ids].sort();
    return { kind, first, second };
  });
  const { rows: stored } = await sql<{ first_id: string; second_id: string }>`
    insert into identity_evidence (organization_id, kind, first_id, second_id)
    select distinct ${ctx.organizationId}::uuid, kind, first, second
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(kind text, first uuid, second uuid)
    order by 3, 4
    on conflict (organization_id, first_id, second_id, kind) where kind <> 'claim' do nothing
    returning first_id, second_id`.execute(ctx.tx);
  return stored.flatMap((row) => [row.first_id, row.second_id]);
}

/**
 * Keeps the earliest claim of each anonymous record (ties: the smallest identifier), whatever order they come in.
 * @returns the records whose claim changed, with the one that was pushed aside
 */
export async function storeClaims(
  ctx: Ctx,
  claims: readonly Claim[],
): Promise<{ visitorId: string; displacedId: string | null }[]> {
  const rows = claims.map(({ visitorId, customerId, tieKey, origin }) => ({
    visitor: visitorId,
    customer: customerId,
    tie_key: tieKey,
    at: origin.at,
  }));
  // The claims that stand are read before, under a lock: whoever is pushed aside is logged.
  const { rows: standing } = await sql<{ first_id: string; second_id: string }>`
    select first_id, second_id from identity_evidence
    where organization_id = ${ctx.organizationId} and kind = 'claim'
      and first_id = any(${sql.val(claims.map((claim) => claim.visitorId))}::uuid[])
    order by first_id for no key update`.execute(ctx.tx);
  const before = new Map(standing.map((row) => [row.first_id, row.second_id]));
  const { rows: changed } = await sql<{ first_id: string; second_id: string }>`
    insert into identity_evidence (organization_id, kind, first_id, second_id, claimed_at, tie_key)
    select distinct on (visitor) ${ctx.organizationId}::uuid, 'claim', visitor, customer, at, tie_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      visitor uuid, customer uuid, tie_key text, at timestamptz)
    order by visitor, at, tie_key collate "C"
    on conflict (organization_id, first_id) where kind = 'claim' do update
    set second_id = excluded.second_id, claimed_at = excluded.claimed_at, tie_key = excluded.tie_key
    where (excluded.claimed_at, excluded.tie_key collate "C")
      < (identity_evidence.claimed_at, identity_evidence.tie_key collate "C")
    returning first_id, second_id`.execute(ctx.tx);
  return changed.map(({ first_id, second_id }) => {
    const displaced = before.get(first_id);
    return { visitorId: first_id, displacedId: displaced && displaced !== second_id ? displaced : null };
  });
}

/** Logs the doubts whose records are different people, each pair and rule once. */
export async function logConflicts(ctx: Ctx, doubts: readonly Doubt[]): Promise<void> {
  const rows = doubts.map(({ ids: [a, b], identifierType, rule, origin }) => ({
    a,
    b,
    identifier_type: identifierType,
    rule,
    fact_type: origin.type,
    fact_external_id: origin.externalId,
  }));
  await sql`
    with doubt as (
      select distinct on (a, b, rule) row.*
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        a uuid, b uuid, identifier_type text, rule text, fact_type text, fact_external_id text)
      order by a, b, rule, fact_external_id
    )
    insert into identity_conflicts
      (organization_id, customer_id, other_id, identifier_type, rule, fact_type, fact_external_id)
    select ${ctx.organizationId}, a, b, identifier_type, rule, fact_type, fact_external_id
    from doubt
    left join identity_links la on la.organization_id = ${ctx.organizationId} and la.customer_id = a and la.ended_xid is null
    left join identity_links lb on lb.organization_id = ${ctx.organizationId} and lb.customer_id = b and lb.ended_xid is null
    where coalesce(la.canonical_id, a) <> coalesce(lb.canonical_id, b)
      and not exists (
        select from identity_conflicts c
        where c.organization_id = ${ctx.organizationId} and c.customer_id = a and c.other_id = b and c.rule = doubt.rule)`.execute(
    ctx.tx,
  );
}
