import { sql } from 'kysely';
import { type Identifier, isWeakIdentifier } from '../../../domain/data/identifier.rules.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { unnestRows } from '../../core/unnest.ts';
import {
  type Claim,
  type Doubt,
  type FactOrigin,
  logConflicts,
  type SharedEvidence,
  storeClaims,
  storeShared,
} from './evidence.ts';
import { relinkCustomers } from './link-customers.ts';

export interface KnownIdentifier {
  type: string;
  value: string;
  customerId: string;
  canonicalId: string;
}

/** Records while a batch is resolved: what the database knew plus what earlier rows of the batch added. */
class IdentityBatch {
  readonly newCustomers: string[] = [];
  readonly newIdentifiers: { type: string; value: string; customer_id: string }[] = [];
  readonly shared: SharedEvidence[] = [];
  readonly claims: Claim[] = [];
  /** Records of facts that are linked to another one already: an early fact may turn their star. */
  readonly linked: string[] = [];
  readonly #owners = new Map<string, Owner>();

  constructor(known: readonly KnownIdentifier[]) {
    for (const row of known) this.#owners.set(keyOf(row), row);
  }

  /** The record of one fact: of the first strong identifier that is known, else of the anonymous visitor. */
  resolve(identifiers: readonly Identifier[], origin: FactOrigin): string {
    const strong = identifiers.filter((identifier) => !isWeakIdentifier(identifier.type));
    const weak = identifiers.filter((identifier) => isWeakIdentifier(identifier.type));
    // Devices have records of their own, so that whom they belong to can be seen later, or anew.
    const visitor = weak.length > 0 ? this.#ownerOf(weak, 'device', origin) : undefined;
    const person = strong.length > 0 ? this.#ownerOf(strong, 'shared', origin) : undefined;
    if (visitor && person && visitor.customerId !== person.customerId) {
      const tieKey = strong.map(({ type, value }) => `${type}:${value}`).sort()[0]!;
      const identifierType = weak[0]!.type;
      this.claims.push({
        visitorId: visitor.customerId,
        customerId: person.customerId,
        tieKey,
        identifierType,
        origin,
      });
    }
    const owner = person ?? visitor ?? this.#createCustomer();
    if (owner.canonicalId !== owner.customerId) this.linked.push(owner.customerId);
    return owner.customerId;
  }

  /** One record for all of them; those that belong to another record show that both are the same. */
  #ownerOf(identifiers: readonly Identifier[], kind: SharedEvidence['kind'], origin: FactOrigin): Owner {
    const owners = identifiers.flatMap((identifier) => this.#owners.get(keyOf(identifier)) ?? []);
    const owner = owners[0] ?? this.#createCustomer();
    for (const identifier of identifiers) {
      const other = this.#owners.get(keyOf(identifier));
      if (!other) {
        this.#owners.set(keyOf(identifier), owner);
        this.newIdentifiers.push({ type: identifier.type, value: identifier.value, customer_id: owner.customerId });
      } else if (
        other.canonicalId !== owner.canonicalId ||
        (kind === 'device' && other.customerId !== owner.customerId)
      ) {
        this.shared.push({
          kind,
          ids: [owner.customerId, other.customerId],
          identifierType: identifier.type,
          origin,
        });
      }
    }
    return owner;
  }

  #createCustomer(): Owner {
    const id = uuidv7();
    this.newCustomers.push(id);
    return { customerId: id, canonicalId: id };
  }
}

interface Owner {
  readonly customerId: string;
  readonly canonicalId: string;
}

const keyOf = (identifier: { type: string; value: string }): string => `${identifier.type}\0${identifier.value}`;

/**
 * Finds or creates the customer record of each fact, set-based, and links records that turn out to be one person:
 * strong identifiers at once, devices, cookies and sessions by the earliest claim.
 * @param known what `findIdentifiers` says of all their identifiers, read in the same transaction
 * @param origins where the identifiers come from, one per fact
 * @returns one customer id per entry of `facts`, in order, and the records to hand to `keepCanonical` once the facts
 * are stored.
 */
export async function resolveFacts(
  ctx: Ctx,
  facts: readonly (readonly Identifier[])[],
  known: readonly KnownIdentifier[],
  origins: readonly FactOrigin[],
): Promise<{ customerIds: string[]; linked: string[] }> {
  const batch = new IdentityBatch(known);
  const customerIds = facts.map((identifiers, index) => batch.resolve(identifiers, origins[index]!));
  if (batch.newCustomers.length > 0 || batch.newIdentifiers.length > 0) await insertRecords(ctx, batch);
  const linked = await linkBatch(ctx, batch);
  return { customerIds, linked: [...batch.linked, ...linked] };
}

/** @returns records whose links changed. */
async function linkBatch(ctx: Ctx, { shared, claims }: IdentityBatch): Promise<string[]> {
  const seeds = new Set<string>();
  const doubts: Doubt[] = shared.map((evidence) => ({ ...evidence, rule: 'separated' }));
  if (shared.length > 0) {
    for (const id of await storeShared(ctx, shared)) seeds.add(id);
  }
  if (claims.length > 0) {
    const changed = await storeClaims(ctx, claims);
    const displaced = new Map(changed.map((row) => [row.visitorId, row.displacedId]));
    for (const claim of claims) {
      const { visitorId, customerId } = claim;
      doubts.push({ ...claim, ids: [visitorId, customerId], rule: 'earliest_claim' });
      const other = displaced.get(visitorId);
      if (other) doubts.push({ ...claim, ids: [visitorId, other], rule: 'earliest_claim' });
    }
    for (const { visitorId, displacedId } of changed) {
      seeds.add(visitorId);
      if (displacedId) seeds.add(displacedId);
    }
  }
  if (seeds.size > 0) await relinkCustomers(ctx, [...seeds], { reason: 'shared_identifier' });
  if (doubts.length > 0) await logConflicts(ctx, doubts);
  return [...seeds];
}

const IDENTIFIER = { type: 'text', value: 'text' } as const;

/** Those of the identifiers that belong to a record, with the record that stands for its person. */
export async function findIdentifiers(ctx: Ctx, identifiers: readonly Identifier[]): Promise<KnownIdentifier[]> {
  const distinct = [...new Map(identifiers.map((identifier) => [keyOf(identifier), identifier])).values()];
  // LATERAL with LIMIT keeps the generic plan on the unique index, whatever the statistics say.
  const { rows } = await sql<KnownIdentifier>`
    select wanted.type, wanted.value, known.customer_id as "customerId",
           coalesce(link.canonical_id, known.customer_id) as "canonicalId"
    from (select * from ${unnestRows(IDENTIFIER, distinct)}) as wanted
    cross join lateral (
      select i.organization_id, i.customer_id from customer_identifiers i
      where i.organization_id = ${ctx.organizationId} and i.type = wanted.type and i.value = wanted.value
      limit 1
    ) known
    left join lateral (
      select l.canonical_id from identity_links l
      where l.organization_id = known.organization_id and l.customer_id = known.customer_id and l.ended_xid is null
      limit 1
    ) link on true`.execute(ctx.tx);
  return rows;
}

async function insertRecords(ctx: Ctx, { newCustomers, newIdentifiers }: IdentityBatch): Promise<void> {
  // Sorted, because two transactions that add the same identifiers in different order would deadlock.
  const identifiers = newIdentifiers.sort(byTypeAndValue);
  // Somebody else may commit one of them meanwhile: the unique key says so, and the unit of work starts over and finds
  // it. ON CONFLICT would write twice as much for the same.
  const write = sql`
    with new_customers as (
      insert into customers (organization_id, id)
      select ${ctx.organizationId}, id from unnest(${sql.val(newCustomers)}::uuid[]) as id
    )
    insert into customer_identifiers (organization_id, type, value, customer_id)
    select ${ctx.organizationId}, type, value, customer_id
    from ${unnestRows({ ...IDENTIFIER, customer_id: 'uuid' }, identifiers)}`.execute(ctx.tx);
  await letGo(ctx, write);
}

function byTypeAndValue(a: Identifier, b: Identifier): number {
  if (a.type !== b.type) return a.type < b.type ? -1 : 1;
  return a.value < b.value ? -1 : 1;
}
