import { sql } from 'kysely';
import { type Candidate, canonicalOf, type Evidence, groupPersons } from '../../../domain/data/identity.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { retryTransaction } from '../../core/transaction.ts';

export interface LinkCause {
  readonly reason: 'shared_identifier' | 'merge' | 'unmerge' | 'earlier_fact';
  readonly mergeId?: string | undefined;
}

interface Link {
  customer_id: string;
  canonical_id: string;
}

/** What locks bring to light is locked, too; more rounds than this mean that others keep linking the same people. */
const MAX_ROUNDS = 4;

/**
 * Makes the links around these records say what the evidence says: each person a star around the record with the
 * earliest fact. Links are effective-dated by transaction; facts are never rewritten.
 */
export async function relinkCustomers(ctx: Ctx, seeds: readonly string[], cause: LinkCause): Promise<void> {
  const recordIds = await lockNeighbours(ctx, seeds);
  const [evidence, separations, links] = await Promise.all([
    readEvidence(ctx, recordIds),
    readSeparations(ctx, recordIds),
    readLinks(ctx, recordIds),
  ]);
  const persons = groupPersons(recordIds, evidence, separations).filter((group) => group.length > 1);
  const candidates = await readCandidates(ctx, persons.flat());
  const wanted = new Map<string, string>();
  for (const group of persons) {
    const canonicalId = canonicalOf(group.map((id) => candidates.get(id)!));
    for (const id of group) if (id !== canonicalId) wanted.set(id, canonicalId);
  }
  await replaceLinks(ctx, links, wanted, cause);
}

/** Everything that evidence or links connect with the seeds, locked in the order of ids. */
async function lockNeighbours(ctx: Ctx, seeds: readonly string[]): Promise<string[]> {
  let known: string[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = await neighboursOf(ctx, seeds);
    if (found.length === known.length && found.every((id, index) => id === known[index])) return found;
    // Somebody who commits new evidence while we wait here is seen by the next round.
    await sql`
      select id from customers
      where organization_id = ${ctx.organizationId} and id = any(${sql.val(found)}::uuid[])
      order by id for no key update`.execute(ctx.tx);
    known = found;
  }
  throw retryTransaction('records were linked concurrently');
}

// The indexes by the first record hold one half of the evidence each; asked without its kind, all of it is read.
const IS_CLAIM = sql`e.kind = 'claim'`;
const IS_JOIN = sql`e.kind <> 'claim'`;

async function neighboursOf(ctx: Ctx, seeds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive reached as (
      select id from unnest(${sql.val([...new Set(seeds)])}::uuid[]) as id
      union
      select neighbour.id from reached
      cross join lateral (
        select e.second_id as id from identity_evidence e
        where e.organization_id = ${ctx.organizationId} and e.first_id = reached.id and ${IS_CLAIM}
        union all
        select e.second_id from identity_evidence e
        where e.organization_id = ${ctx.organizationId} and e.first_id = reached.id and ${IS_JOIN}
        union all
        select e.first_id from identity_evidence e
        where e.organization_id = ${ctx.organizationId} and e.second_id = reached.id
        union all
        select l.canonical_id from identity_links l
        where l.organization_id = ${ctx.organizationId} and l.customer_id = reached.id and l.ended_xid is null
        union all
        select l.customer_id from identity_links l
        where l.organization_id = ${ctx.organizationId} and l.canonical_id = reached.id and l.ended_xid is null
      ) neighbour
    )
    select id from reached order by id`.execute(ctx.tx);
  return rows.map((row) => row.id);
}

async function readEvidence(ctx: Ctx, recordIds: readonly string[]): Promise<Evidence[]> {
  const { rows } = await sql<Omit<Evidence, 'claimedAt'> & { claimedAt: Date | null }>`
    select e.kind, e.first_id as "firstId", e.second_id as "secondId", e.claimed_at as "claimedAt", e.tie_key as "tieKey"
    from unnest(${sql.val(recordIds)}::uuid[]) as record(id)
    cross join lateral (
      select * from identity_evidence e
      where e.organization_id = ${ctx.organizationId} and e.first_id = record.id and ${IS_CLAIM}
      union all
      select * from identity_evidence e
      where e.organization_id = ${ctx.organizationId} and e.first_id = record.id and ${IS_JOIN}
    ) e
    order by e.created_at, e.id`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, claimedAt: row.claimedAt?.getTime() ?? null }));
}

async function readSeparations(ctx: Ctx, recordIds: readonly string[]): Promise<[string, string][]> {
  const { rows } = await sql<{ first_id: string; second_id: string }>`
    select first_id, second_id from identity_separations
    where organization_id = ${ctx.organizationId} and first_id = any(${sql.val(recordIds)}::uuid[])`.execute(ctx.tx);
  return rows.map((row) => [row.first_id, row.second_id]);
}

async function readLinks(ctx: Ctx, recordIds: readonly string[]): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select customer_id, canonical_id from identity_links
    where organization_id = ${ctx.organizationId} and customer_id = any(${sql.val(recordIds)}::uuid[])
      and ended_xid is null`.execute(ctx.tx);
  return rows;
}

/** Voided facts count, too: a correction does not change who stands for a person. */
async function readCandidates(ctx: Ctx, recordIds: readonly string[]): Promise<Map<string, Candidate>> {
  if (recordIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; first_fact_at: Date | null; smallest: string | null }>`
    select candidate.id, facts.first_fact_at, named.smallest
    from unnest(${sql.val(recordIds)}::uuid[]) as candidate(id)
    cross join lateral (
      select least(
        (select min(i.started_at) from interactions i
         where i.organization_id = ${ctx.organizationId} and i.customer_id = candidate.id),
        (select min(c.occurred_at) from conversions c
         where c.organization_id = ${ctx.organizationId} and c.customer_id = candidate.id)) as first_fact_at
    ) facts
    cross join lateral (
      select min((type || ':' || value) collate "C") as smallest from customer_identifiers i
      where i.organization_id = ${ctx.organizationId} and i.customer_id = candidate.id
    ) named`.execute(ctx.tx);
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, firstFactAt: row.first_fact_at?.getTime() ?? null, smallestIdentifier: row.smallest },
    ]),
  );
}

async function replaceLinks(
  ctx: Ctx,
  links: readonly Link[],
  wanted: ReadonlyMap<string, string>,
  { reason, mergeId }: LinkCause,
): Promise<void> {
  const current = new Map(links.map((link) => [link.customer_id, link.canonical_id]));
  const ended = [...current.keys()].filter((id) => wanted.get(id) !== current.get(id)).sort();
  const started = [...wanted.keys()].filter((id) => wanted.get(id) !== current.get(id)).sort();
  if (ended.length > 0) {
    await sql`
      update identity_links set ended_xid = pg_current_xact_id()
      where organization_id = ${ctx.organizationId} and customer_id = any(${sql.val(ended)}::uuid[])
        and ended_xid is null`.execute(ctx.tx);
  }
  if (started.length > 0) {
    await sql`
      insert into identity_links (organization_id, customer_id, canonical_id, reason, merge_id)
      select ${ctx.organizationId}, customer_id, canonical_id, ${reason}, ${mergeId ?? null}::uuid
      from unnest(${sql.val(started)}::uuid[], ${sql.val(started.map((id) => wanted.get(id)!))}::uuid[])
        as link(customer_id, canonical_id)`.execute(ctx.tx);
  }
}

/**
 * Facts of linked records were stored: where a record has an earlier fact than the one that stands for the person by
 * now, the star is turned, in the same transaction.
 */
export async function keepCanonical(ctx: Ctx, recordIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ canonical_id: string; member_ids: string[] }>`
    select star.canonical_id,
           array(select m.customer_id from identity_links m
                 where m.organization_id = ${ctx.organizationId} and m.canonical_id = star.canonical_id
                   and m.ended_xid is null) as member_ids
    from (
      select distinct coalesce(l.canonical_id, record.id) as canonical_id
      from unnest(${sql.val([...new Set(recordIds)])}::uuid[]) as record(id)
      left join identity_links l
        on l.organization_id = ${ctx.organizationId} and l.customer_id = record.id and l.ended_xid is null
    ) star`.execute(ctx.tx);
  const stars = rows.map((row) => [row.canonical_id, ...row.member_ids]).filter((star) => star.length > 1);
  const candidates = await readCandidates(ctx, stars.flat());
  const wrong = stars.filter((star) => canonicalOf(star.map((id) => candidates.get(id)!)) !== star[0]);
  if (wrong.length > 0) await relinkCustomers(ctx, wrong.flat(), { reason: 'earlier_fact' });
}
