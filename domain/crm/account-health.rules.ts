/** What is known of the dealings with an account. */
export interface AccountSigns {
  /** Days since somebody of the account was last in touch; null when nobody ever was. */
  daysSinceContact: number | null;
  touches30: number;
  touchesBefore30: number;
  contacts: number;
  openDeals: number;
  wonDeals: number;
  lostDeals: number;
}

export interface HealthFactor {
  factor: 'activity_recency' | 'engagement' | 'deals' | 'contacts';
  points: number;
  of: number;
  evidence: Record<string, number | null>;
}

/** Of 100 points: how recent, how lively, how much business, how many people. Each factor names what it saw. */
export function accountHealth(signs: AccountSigns): {
  score: number;
  level: 'good' | 'fair' | 'poor';
  factors: HealthFactor[];
} {
  const { daysSinceContact: days, touches30, touchesBefore30, contacts, openDeals, wonDeals, lostDeals } = signs;
  const factors: HealthFactor[] = [
    {
      factor: 'activity_recency',
      points: days === null ? 0 : days <= 7 ? 30 : days <= 30 ? 20 : days <= 90 ? 10 : 0,
      of: 30,
      evidence: { daysSinceContact: days },
    },
    {
      factor: 'engagement',
      points: Math.min(20, touches30 * 4) + (touches30 > 0 && touches30 >= touchesBefore30 ? 5 : 0),
      of: 25,
      evidence: { touchesLast30Days: touches30, touches30DaysBefore: touchesBefore30 },
    },
    {
      factor: 'deals',
      points: Math.min(25, (wonDeals > 0 ? 15 : 0) + (openDeals > 0 ? 10 : 0)),
      of: 25,
      evidence: { openDeals, wonDeals, lostDeals },
    },
    { factor: 'contacts', points: contacts === 0 ? 0 : contacts === 1 ? 10 : 20, of: 20, evidence: { contacts } },
  ];
  const score = factors.reduce((sum, { points }) => sum + points, 0);
  return { score, level: score >= 70 ? 'good' : score >= 40 ? 'fair' : 'poor', factors };
}
