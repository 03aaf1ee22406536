/**
 * What the product knows about which records are one person.
 * `shared`: one fact named strong identifiers of both. `device`: one fact named weak identifiers of both (both records
 * are anonymous). `claim`: a fact named an anonymous record's device together with a person. `merge`: somebody said so.
 */
export interface Evidence {
  readonly kind: 'shared' | 'device' | 'claim' | 'merge';
  /** Of a claim: the anonymous record. */
  readonly firstId: string;
  readonly secondId: string;
  /** Of a claim: when the fact took place, in milliseconds, and its smallest strong identifier. */
  readonly claimedAt: number | null;
  readonly tieKey: string | null;
}

/** Two records that a person has told apart. */
export type Separation = readonly [string, string];

/**
 * Groups records into persons. Strong identifiers and merges join at once. An anonymous visitor (records joined by
 * devices) joins the one person with the earliest claim on any of its devices (ties: the smallest identifier); other
 * claims join nobody. Nothing joins records that were told apart.
 * @param evidence in the order in which it was found
 * @returns groups of record ids; every record is in exactly one.
 */
export function groupPersons(
  recordIds: readonly string[],
  evidence: readonly Evidence[],
  separations: readonly Separation[],
): string[][] {
  const visitors = new Groups(recordIds, separations);
  for (const { firstId, secondId } of evidence.filter(({ kind }) => kind === 'device'))
    visitors.join(firstId, secondId);
  const persons = new Groups(recordIds, separations);
  for (const { kind, firstId, secondId } of evidence) if (kind !== 'claim') persons.join(firstId, secondId);
  const winners = new Map<string, Evidence>();
  for (const claim of evidence.filter(({ kind }) => kind === 'claim')) {
    const visitor = visitors.of(claim.firstId);
    const best = winners.get(visitor);
    if (!best || comesBefore(claim, best)) winners.set(visitor, claim);
  }
  for (const claim of [...winners.values()].sort((a, b) => (comesBefore(a, b) ? -1 : 1))) {
    persons.join(claim.firstId, claim.secondId);
  }
  return persons.all();
}

const comesBefore = (a: Evidence, b: Evidence): boolean =>
  a.claimedAt !== b.claimedAt
    ? (a.claimedAt ?? 0) < (b.claimedAt ?? 0)
    : a.tieKey !== b.tieKey
      ? (a.tieKey ?? '') < (b.tieKey ?? '')
      : a.firstId < b.firstId;

/** Union-find that refuses a union which would put separated records together. */
class Groups {
  readonly #group = new Map<string, Set<string>>();
  readonly #apart = new Map<string, string[]>();

  constructor(recordIds: readonly string[], separations: readonly Separation[]) {
    for (const id of recordIds) this.#group.set(id, new Set([id]));
    for (const [first, second] of separations) {
      this.#apart.set(first, [...(this.#apart.get(first) ?? []), second]);
      this.#apart.set(second, [...(this.#apart.get(second) ?? []), first]);
    }
  }

  join(firstId: string, secondId: string): void {
    const first = this.#group.get(firstId);
    const second = this.#group.get(secondId);
    if (!first || !second || first === second) return;
    const [small, large] = first.size < second.size ? [first, second] : [second, first];
    for (const id of small) if (this.#apart.get(id)?.some((other) => large.has(other))) return;
    for (const id of small) {
      large.add(id);
      this.#group.set(id, large);
    }
  }

  /** A name that all members of the group share. */
  of(id: string): string {
    const group = this.#group.get(id);
    return group ? group.values().next().value! : id;
  }

  all(): string[][] {
    return [...new Set(this.#group.values())].map((group) => [...group]);
  }
}

export interface Candidate {
  readonly id: string;
  /** The record's earliest interaction or conversion, in milliseconds. */
  readonly firstFactAt: number | null;
  /** The smallest `type:value` of its identifiers. */
  readonly smallestIdentifier: string | null;
}

/** The record that stands for a person: earliest fact, ties to the smallest identifier, then to the smallest id. */
export function canonicalOf(candidates: readonly Candidate[]): string {
  const [first, ...others] = candidates;
  return others.reduce((best, candidate) => (standsBefore(candidate, best) ? candidate : best), first!).id;
}

function standsBefore(a: Candidate, b: Candidate): boolean {
  if (a.firstFactAt !== b.firstFactAt) {
    return a.firstFactAt !== null && (b.firstFactAt === null || a.firstFactAt < b.firstFactAt);
  }
  if (a.smallestIdentifier !== b.smallestIdentifier) {
    return (
      a.smallestIdentifier !== null && (b.smallestIdentifier === null || a.smallestIdentifier < b.smallestIdentifier)
    );
  }
  return a.id < b.id;
}
