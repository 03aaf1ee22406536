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
  'conversation',
  'ticket',
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
  'conversation',
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

/** What was talked about, by the codes of what was found in a conversation: words of ours, never those that were said. */
const CONVERSATION_TOPICS: Readonly<Record<string, string>> = {
  price: 'the terms',
  pricing: 'the terms',
  timing: 'the timing',
  timeline: 'the timing',
  authority: 'who decides',
  decision_maker: 'who decides',
  trust: 'references',
  complexity: 'the effort of a change',
  next_step: 'the next steps',
  buying_signal: 'the next steps',
};

/** Each once, in the order they came up. */
export const topicsOf = (codes: readonly string[]): string[] => [
  ...new Set(codes.flatMap((code) => CONVERSATION_TOPICS[code] ?? [])),
];
