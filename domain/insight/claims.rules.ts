/** How far a claim lies above what is credited or real: 0.842 is 84.2 % too much; null where there is nothing to divide by. */
export function overClaim(claimed: number, real: number): number | null {
  return real > 0 ? Math.round(((claimed - real) / real) * 1e6) / 1e6 : null;
}

/** Claimed for each real one; 1 is exactly right. */
export function claimFactor(claimed: number, real: number): number | null {
  return real > 0 ? Math.round((claimed / real) * 1e6) / 1e6 : null;
}
