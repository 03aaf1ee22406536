import { sql } from 'kysely';
import { type Identifier, isWeakIdentifier } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { retryTransaction } from '../../core/transaction.ts';
import { linkCustomers } from './link-customers.ts';

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
  /** Groups of canonical records that turned out to be one person. */
  links: Set<string>[] = [];
  readonly #owners = new Map<string, { customerId: string; canonicalId: string }>();

  constructor(known: readonly KnownIdentifier[]) {
    for (const row of known) this.#owners.set(keyOf(row), row);
  }

  /** The record of one fact: the first one its identifiers name, strong identifiers before weak ones. */
  resolve(identifiers: readonly Identifier[]): string {
    const strong = identifiers.filter((identifier) => !isWeakIdentifier(identifier.type));
    const owners = strong.flatMap((identifier) => this.#owners.get(keyOf(identifier)) ?? []);
    const weak = identifiers.filter((identifier) => isWeakIdentifier(identifier.type));
    // A shared browser decides only for a fact that names nobody; a strong identifier starts a record of its own.
    const owner = owners[0] ?? (strong.length === 0 ? this.#ownerOf(weak) : undefined) ?? this.#createCustomer();
    for (const identifier of identifiers) this.#claim(identifier, owner);
    const canonicals = new Set(owners.map((candidate) => candidate.canonicalId));
    if (canonicals.size > 1) this.#join(canonicals);
    return owner.customerId;
  }

  /** Groups that share a record are one person, however many facts it took to see it. */
  #join(canonicals: Set<string>): void {
    const overlapping = this.links.filter((group) => !group.isDisjointFrom(canonicals));
    for (const group of overlapping) for (const id of group) canonicals.add(id);
    this.links = [...this.links.filter((group) => !overlapping.includes(group)), canonicals];
  }

  #ownerOf(identifiers: readonly Identifier[]) {
    return identifiers.flatMap((identifier) => this.#owners.get(keyOf(identifier)) ?? [])[0];
  }

  #createCustomer() {
    const id = uuidv7();
    this.newCustomers.push(id);
    return { customerId: id, canonicalId: id };
  }

  #claim(identifier: Identifier, owner: { customerId: string; canonicalId: string }): void {
    if (this.#owners.has(keyOf(identifier))) return;
    this.#owners.set(keyOf(identifier), owner);
    this.newIdentifiers.push({ type: identifier.type, value: identifier.value, customer_id: owner.customerId });
  }
}

const keyOf = (identifier: { type: string; value: string }): string => `${identifier.type}\0${identifier.value}`;

/**
 * Finds or creates the customer record of each fact, set-based. A fact keeps the record that was found first; strong
 * identifiers of different records link those records, so that attribution sees one person.
 * @param known what `findIdentifiers` says of all their identifiers, read in the same transaction
 * @returns one customer id per entry of `facts`, in order.
 */
export async function resolveCustomers(
  ctx: Ctx,
  facts: readonly (readonly Identifier[])[],
  known: readonly KnownIdentifier[],
): Promise<string[]> {
  const batch = new IdentityBatch(known);
  const customerIds = facts.map((identifiers) => batch.resolve(identifiers));
  if (batch.newIdentifiers.length > 0) await insertRecords(ctx, batch);
  for (const group of batch.links) await linkCustomers(ctx, [...group], 'shared_identifier');
  return customerIds;
}

/** Those of the identifiers that belong to a record, with the record that stands for its person. */
export async function findIdentifiers(ctx: Ctx, identifiers: readonly Identifier[]): Promise<KnownIdentifier[]> {
  const distinct = [...new Map(identifiers.map((identifier) => [keyOf(identifier), identifier])).values()];
  // LATERAL with LIMIT keeps the generic plan on the unique index, whatever the statistics say.
  const { rows } = await sql<KnownIdentifier>`
    select wanted.type, wanted.value, known.customer_id as "customerId",
           coalesce(link.canonical_id, known.customer_id) as "canonicalId"
    from jsonb_to_recordset(${JSON.stringify(distinct)}::jsonb) as wanted(type text, value text)
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

async function insertRecords(ctx: Ctx, batch: IdentityBatch): Promise<void> {
  // Sorted, because two transactions that add the same identifiers in different order would deadlock.
  const identifiers = [...batch.newIdentifiers].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const { rows } = await sql<{ inserted: number }>`
    with new_customers as (
      insert into customers (organization_id, id)
      select ${ctx.organizationId}, id from unnest(${sql.val(batch.newCustomers)}::uuid[]) as id
    ), new_identifiers as (
      insert into customer_identifiers (organization_id, type, value, customer_id)
      select ${ctx.organizationId}, type, value, customer_id
      from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) as row(type text, value text, customer_id uuid)
      on conflict (organization_id, type, value) do nothing
      returning 1
    )
    select count(*)::int as inserted from new_identifiers`.execute(ctx.tx);
  // Somebody else committed one of them a moment ago: start over and find it.
  if (rows[0]?.inserted !== identifiers.length) throw retryTransaction('an identifier was claimed concurrently');
}
