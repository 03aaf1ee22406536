/**
 * The probability that somebody buys, learned from the organization's own customers: how often people who bought showed a
 * sign in the 30 days before, and people who did not (naive Bayes with one observation added to each count, so that a few
 * customers prove little).
 */
export const PURCHASE_SIGNS = {
  incomingConversation: 'They got in touch themselves',
  severalTouches: 'Three touches or more',
  purchaseIntent: 'A conversation was about buying',
  highIntentPage: 'They looked at demo, trial, pricing or a comparison',
  severalChannels: 'Touches on two channels or more',
  returned: 'Touches on two days or more',
} as const;
export type PurchaseSign = keyof typeof PURCHASE_SIGNS;
export const PURCHASE_SIGN_NAMES = Object.keys(PURCHASE_SIGNS) as [PurchaseSign, ...PurchaseSign[]];

/** People of the past, and how many of them showed each sign. */
export interface PurchaseSample {
  buyers: number;
  others: number;
  signs: Record<PurchaseSign, { buyers: number; others: number }>;
}

export interface SignEvidence {
  sign: PurchaseSign;
  shown: boolean;
  /** By what this sign multiplies the odds. */
  factor: number;
  /** Parts of buyers and of others who showed it. */
  ofBuyers: number;
  ofOthers: number;
}

export interface PurchaseOdds {
  /** 0 to 1. */
  probability: number;
  /** Of anybody of whom nothing is known. */
  baseRate: number;
  evidence: SignEvidence[];
}

/** No sample proves more than this. */
const SUREST = 0.99;
/** One sign of a small sample must not decide alone. */
const MOST_FACTOR = 8;

export function purchaseOdds(sample: PurchaseSample, shown: Readonly<Record<PurchaseSign, boolean>>): PurchaseOdds {
  const baseRate = (sample.buyers + 1) / (sample.buyers + sample.others + 20);
  const evidence = PURCHASE_SIGN_NAMES.map((sign): SignEvidence => {
    const ofBuyers = (sample.signs[sign].buyers + 1) / (sample.buyers + 2);
    const ofOthers = (sample.signs[sign].others + 1) / (sample.others + 2);
    const ratio = shown[sign] ? ofBuyers / ofOthers : (1 - ofBuyers) / (1 - ofOthers);
    const factor = Math.max(1 / MOST_FACTOR, Math.min(MOST_FACTOR, ratio));
    return { sign, shown: shown[sign], factor: round(factor), ofBuyers: round(ofBuyers), ofOthers: round(ofOthers) };
  });
  const odds = evidence.reduce((product, { factor }) => product * factor, baseRate / (1 - baseRate));
  return {
    probability: round(Math.max(1 - SUREST, Math.min(SUREST, odds / (1 + odds)))),
    baseRate: round(baseRate),
    evidence: evidence.sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor))),
  };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
