import type { Fields, Scalar } from './adapter.port.ts';
import type { StreamDirection } from './provider.rules.ts';

export const CONFLICT_POLICIES = ['newest', 'ours', 'theirs'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

/** One record on one side, in our names. */
export interface Side {
  readonly fields: Fields;
  readonly changedAt: Date | null;
  readonly deleted: boolean;
}

/** Field → mark of the value that both sides had last. Marks, not values: nothing of a person is kept twice. */
export type Agreement = Readonly<Record<string, string>>;

export interface ReconcileRules {
  readonly policy: ConflictPolicy;
  /** Beats the policy for single fields. */
  readonly fieldPolicies: Readonly<Record<string, ConflictPolicy>>;
  /** Fields that take part, and the way each may travel. */
  readonly directions: Readonly<Record<string, StreamDirection>>;
}

export interface Verdict {
  /** `delete` and `none` say everything; `write` has fields. */
  readonly ours: { readonly action: 'none' | 'write' | 'create' | 'delete'; readonly fields: Fields };
  readonly theirs: { readonly action: 'none' | 'write' | 'create' | 'delete'; readonly fields: Fields };
  /** Fields that both sides had changed, each its own way. */
  readonly conflicts: readonly string[];
  /** What both sides agree on once `ours` is written; what still has to go out keeps its old mark. */
  readonly agreement: Agreement;
}

const NOTHING = { action: 'none', fields: {} } as const;

/**
 * What to do so that both sides become the same. A field that only one side has changed since they last agreed is
 * taken from there; one that both have changed is a conflict, decided by the policy. Repeating it with the outcome
 * changes nothing, which is what keeps two systems from sending each other the same change for ever.
 */
export function reconcile(
  ours: Side | null,
  theirs: Side | null,
  base: Agreement | null,
  rules: ReconcileRules,
): Verdict {
  const none: Verdict = { ours: NOTHING, theirs: NOTHING, conflicts: [], agreement: base ?? {} };
  const oursThere = ours !== null && !ours.deleted;
  const theirsThere = theirs !== null && !theirs.deleted;
  if (!oursThere && !theirsThere) return none;
  if (oursThere && theirsThere) return mergeFields(ours, theirs, base ?? {}, rules);
  if (oursThere) {
    if (base === null || theirs === null)
      return { ...none, theirs: { action: 'create', fields: outgoing(ours.fields, rules) } };
    return deletion(ours, theirs, base, rules, 'theirs');
  }
  if (base === null || ours === null) return created(theirs!, rules);
  return deletion(theirs!, ours, base, rules, 'ours');
}

function created(theirs: Side, rules: ReconcileRules): Verdict {
  const fields = pick(theirs.fields, rules, 'in');
  return {
    ours: { action: 'create', fields },
    theirs: NOTHING,
    conflicts: [],
    agreement: marksOf(fields),
  };
}

/** One side deleted what the other one has. A record that was changed meanwhile is a conflict. */
function deletion(kept: Side, gone: Side, base: Agreement, rules: ReconcileRules, deleter: 'ours' | 'theirs'): Verdict {
  const changed = Object.keys(rules.directions).some(
    (field) =>
      kept.fields[field] !== undefined && base[field] !== undefined && markOf(kept.fields[field]) !== base[field],
  );
  const keeper = deleter === 'ours' ? 'theirs' : 'ours';
  const staysDeleted =
    !changed || (rules.policy === 'newest' ? !isNewer(kept.changedAt, gone.changedAt) : rules.policy === deleter);
  const conflicts = changed ? ['deleted'] : [];
  if (staysDeleted) {
    const remove = { action: 'delete', fields: {} } as const;
    return {
      ours: keeper === 'ours' ? remove : NOTHING,
      theirs: keeper === 'theirs' ? remove : NOTHING,
      conflicts,
      agreement: base,
    };
  }
  return keeper === 'ours'
    ? { ours: NOTHING, theirs: { action: 'create', fields: outgoing(kept.fields, rules) }, conflicts, agreement: {} }
    : { ...created(kept, rules), conflicts };
}

function mergeFields(ours: Side, theirs: Side, base: Agreement, rules: ReconcileRules): Verdict {
  const inward: Record<string, Scalar> = {};
  const outward: Record<string, Scalar> = {};
  const conflicts: string[] = [];
  const agreement: Record<string, string> = { ...base };
  const theirsNewer = isNewer(theirs.changedAt, ours.changedAt);
  for (const [field, direction] of Object.entries(rules.directions)) {
    const mine = ours.fields[field];
    const other = theirs.fields[field];
    // What one side does not know of, nobody can compare.
    if (mine === undefined || other === undefined) continue;
    const [mineMark, otherMark] = [markOf(mine), markOf(other)];
    if (mineMark === otherMark) {
      agreement[field] = mineMark;
      continue;
    }
    const winner = winnerOf(
      field,
      direction,
      { mineMark, otherMark, base: base[field], theirsNewer },
      rules,
      conflicts,
    );
    if (winner === 'theirs') {
      inward[field] = other;
      agreement[field] = otherMark;
    } else if (winner === 'ours') outward[field] = mine;
  }
  const side = (fields: Record<string, Scalar>) =>
    Object.keys(fields).length === 0 ? NOTHING : ({ action: 'write', fields } as const);
  return { ours: side(inward), theirs: side(outward), conflicts, agreement };
}

interface Marks {
  readonly mineMark: string;
  readonly otherMark: string;
  readonly base: string | undefined;
  readonly theirsNewer: boolean;
}

function winnerOf(
  field: string,
  direction: StreamDirection,
  { mineMark, otherMark, base, theirsNewer }: Marks,
  rules: ReconcileRules,
  conflicts: string[],
): 'ours' | 'theirs' | null {
  if (direction === 'in') return otherMark === base ? null : 'theirs';
  if (direction === 'out') return 'ours';
  if (mineMark === base) return 'theirs';
  if (otherMark === base) return 'ours';
  const policy = rules.fieldPolicies[field] ?? rules.policy;
  // Without a common past an empty value says nothing: the other one fills it.
  if (base === undefined && mineMark === EMPTY_MARK) return 'theirs';
  if (base === undefined && otherMark === EMPTY_MARK) return 'ours';
  conflicts.push(field);
  if (policy !== 'newest') return policy;
  return theirsNewer ? 'theirs' : 'ours';
}

/** Ties, and times that nobody knows, go to ours: a person of this organization can see and undo it. */
const isNewer = (a: Date | null, b: Date | null): boolean => a !== null && (b === null || a.getTime() > b.getTime());

const outgoing = (fields: Fields, rules: ReconcileRules): Fields => {
  const picked = pick(fields, rules, 'out');
  return Object.fromEntries(Object.entries(picked).filter(([, value]) => value !== null));
};

const pick = (fields: Fields, rules: ReconcileRules, way: 'in' | 'out'): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([field]) => rules.directions[field] === way || rules.directions[field] === 'both'),
  );

/** The agreement that follows when exactly these values stand on both sides. */
export const marksOf = (fields: Fields): Agreement =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, markOf(value)]));

/** A short mark of a value: the same for the same value, and of no use for getting the value back. */
export function markOf(value: Scalar): string {
  if (value === null || value === '') return EMPTY_MARK;
  const text = `${typeof value === 'boolean' ? 'b' : 'v'}${String(value)}`;
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4_294_967_296 * (2_097_151 & low) + (high >>> 0)).toString(36);
}

const EMPTY_MARK = '-';
