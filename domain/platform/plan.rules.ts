export type Plan = 'free' | 'starter' | 'pro' | 'enterprise';

/** What a plan includes; null is without a limit. Prices in US cents per month. */
export const PLANS: Readonly<
  Record<Plan, { readonly maxProspects: number | null; readonly priceCents: number | null }>
> = {
  free: { maxProspects: 100, priceCents: 0 },
  starter: { maxProspects: 1_000, priceCents: 4_900 },
  pro: { maxProspects: 10_000, priceCents: 19_900 },
  enterprise: { maxProspects: null, priceCents: null },
};
