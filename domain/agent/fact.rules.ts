export const FACT_KINDS = [
  'person',
  'role',
  'company',
  'industry',
  'size',
  'location',
  'profile',
  'web',
  'visit',
  'intent',
  'call',
  'meeting',
  'offer',
  'given',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Something that is known of a prospect, and where from. */
export interface Fact {
  /** Evidence names facts by it. */
  readonly id: string;
  readonly kind: FactKind;
  readonly text: string;
  /** What sentences of any language are made of. */
  readonly values: Readonly<Record<string, string>>;
  readonly source: { readonly type: string; readonly id: string | null };
  readonly observedAt: Date | null;
  /** 0 to 1. */
  readonly confidence: number;
}

/** What opens a letter best: the newest sign of interest, before what the record says anyway. */
const OPENERS: readonly FactKind[] = [
  'intent',
  'call',
  'visit',
  'meeting',
  'given',
  'web',
  'profile',
  'industry',
  'role',
  'company',
];

export const openersOf = (facts: readonly Fact[]): Fact[] =>
  facts
    .filter(({ kind }) => OPENERS.includes(kind))
    .toSorted((a, b) => OPENERS.indexOf(a.kind) - OPENERS.indexOf(b.kind) || b.confidence - a.confidence);
