import type { CreditExplanation } from '../../services/insight/index.ts';

type Touch = CreditExplanation['touches'][number];

/** Weight and amount of the explained credit from the explanation's inputs and parameters alone, step by step. */
export function recompute(explanation: CreditExplanation): [weight: bigint, amount: bigint] {
  const { touches, shares, result, conversion } = explanation;
  let undivided = touches.map((touch) => undividedOf(touch, explanation));
  if (undivided.every((one) => one === 0)) undivided = touches.map(() => 1);
  const sum = undivided.reduce((all, one) => all + one, 0);
  const largest = Math.max(...undivided.map((one) => one));
  const primary = undivided.lastIndexOf(largest);
  const rows = shares.map((share) => {
    const index = touches.findIndex((touch) => touch.interactionId === share.interactionId);
    return { share, index, exact: (undivided[index]! / sum) * share.agentShare * 1e12 };
  });
  const byTie = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    Number(b.index === primary) - Number(a.index === primary) ||
    b.index - a.index ||
    order(a.share.agentId, b.share.agentId) ||
    order(a.share.teamId, b.share.teamId);
  const weights = divide(
    rows,
    (row) => Math.floor(row.exact),
    (row) => row.exact - Math.floor(row.exact),
    1_000_000_000_000n,
    byTie,
  );
  const size = BigInt(Math.abs(conversion.amountMinor));
  const amounts = divide(
    rows,
    (row) => (size * weights.get(row)!) / 1_000_000_000_000n,
    (row) => Number((size * weights.get(row)!) % 1_000_000_000_000n),
    size,
    byTie,
  );
  const own = rows.find((row) => row.share.resultId === result.id)!;
  return [weights.get(own)!, amounts.get(own)! * (conversion.amountMinor < 0 ? -1n : 1n)];
}

const order = (a: string | null, b: string | null): number => ((a ?? '~') < (b ?? '~') ? -1 : a === b ? 0 : 1);

function divide<Row>(
  rows: Row[],
  cut: (row: Row) => number | bigint,
  rest: (row: Row) => number,
  total: bigint,
  byTie: (a: Row, b: Row) => number,
): Map<Row, bigint> {
  const left = Number(total - rows.reduce((sum, row) => sum + BigInt(cut(row)), 0n));
  const ranked = [...rows].sort((a, b) => rest(b) - rest(a) || byTie(a, b));
  return new Map(ranked.map((row, rank) => [row, BigInt(cut(row)) + (rank < left ? 1n : 0n)]));
}

function undividedOf(touch: Touch, { model, parameters, touches, leadAt, opportunityAt }: CreditExplanation): number {
  const n = touches.length;
  const { position } = touch;
  const byEnds = (first: number, middle: number, last: number): number => {
    if (n === 1) return 1;
    return position === 1 ? first : position === n ? last : middle;
  };
  switch (model.code) {
    case 'FIRST_TOUCH':
      return Number(position === 1);
    case 'LAST_TOUCH':
      return Number(position === n);
    case 'LINEAR':
      return 1;
    case 'TIME_DECAY': {
      const hours = touch.secondsBeforeNewestTouch! / 3600;
      return Math.floor(2 ** (-hours / parameters.halfLifeHours!) * parameters.scale!);
    }
    case 'AI_WEIGHTED': {
      const probability = touch.purchaseProbability ?? touch.meanProbability ?? 0;
      return Math.floor(probability * touch.intentWeight! * parameters.scale!);
    }
    case 'POSITION_BASED': {
      const [first, middle, last] = [parameters.first!, parameters.middle!, parameters.last!].map((weight) =>
        Math.round(weight * parameters.scale!),
      );
      const factor = Math.max(1, n - 2);
      return byEnds(first! * factor, middle!, last! * factor);
    }
    case 'W_SHAPED':
    case 'FULL_PATH': {
      const lastBy = (time: Date | null) => (time ? touches.filter((one) => one.startedAt <= time).length : 0);
      const milestones = [1, lastBy(leadAt), lastBy(opportunityAt), ...(model.code === 'FULL_PATH' ? [n] : [])];
      const others = touches.filter((one) => !milestones.includes(one.position)).length;
      const own = milestones.filter((at) => at === position).length;
      return own === 0 ? parameters.middleShare! : own * parameters.milestoneShare! * Math.max(1, others);
    }
    case 'LAST_NON_DIRECT': {
      const named = touches.filter((one) => !parameters.directChannels!.includes(one.channel.toLowerCase()));
      return Number(position === (named.at(-1)?.position ?? n));
    }
    case 'CUSTOM': {
      const weights = parameters.customWeights!;
      const { positions, channels } = weights;
      const isByEnds = [weights.first, weights.middle, weights.last].some((weight) => weight !== undefined);
      let weight = 1;
      if (positions) weight = positions[position - 1] ?? weights.otherPositions ?? 0;
      else if (isByEnds) weight = byEnds(weights.first ?? 0, (weights.middle ?? 0) / (n - 2), weights.last ?? 0);
      return Math.floor(
        weight * (channels ? (channels[touch.channel] ?? weights.otherChannels ?? 1) : 1) * parameters.scale!,
      );
    }
    case 'MARKOV':
      return Math.floor((parameters.removalEffects![touch.value!] ?? 0) / touch.touchesOfValue!);
    case 'SHAPLEY':
      return Math.floor(parameters.scale! / touch.touchesOfValue!);
  }
}
