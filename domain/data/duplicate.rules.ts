/** How strongly each reason speaks for one person behind two; several reasons add up. */
export const DUPLICATE_REASONS = {
  email_name_and_phone_tail: 0.9,
  email_variant: 0.8,
  similar_email: 0.6,
  shared_device: 0.4,
} as const;

export type DuplicateReason = keyof typeof DUPLICATE_REASONS;

/** The chance that at least one of the reasons is right; 0 to 1, two decimals. */
export function duplicateScore(reasons: Iterable<DuplicateReason>): number {
  let none = 1;
  for (const reason of new Set(reasons)) none *= 1 - DUPLICATE_REASONS[reason];
  return Math.round((1 - none) * 100) / 100;
}

/** True when one insertion, deletion, replacement or swap of neighbours makes the texts equal; equal ones are not. */
export function differsByOneSlip(a: string, b: string): boolean {
  if (a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}
