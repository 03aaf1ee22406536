import { AppError } from '../../domain/core/errors.ts';
import type { Ctx, Scope } from '../../services/core/context.ts';
import type { GroupOutcome } from '../../services/core/group.ts';
import {
  claimIdempotencyKeys,
  type IdempotencyClaim,
  releaseIdempotencyKeys,
  storeAnswers,
} from '../../services/core/idempotency.ts';
import type { Answer } from './answer.ts';

/** One request as its transaction sees it. */
export interface UnitOfWork {
  readonly scope: Scope;
  readonly input: unknown;
  readonly claim: IdempotencyClaim | null;
  /** The verb's result → the answer; runs before the commit, so that the answer can be kept with it. */
  render(result: unknown): Answer;
  /** The answer must not be kept: its replay is refused. */
  readonly secret: boolean;
}

export type UnitOutcome = { readonly answer: Answer; readonly replayed: boolean } | AppError;

/**
 * Works off requests inside one transaction: keys first, then the verb for those that are new, then their answers.
 * @param verb one outcome per input, in order; a throw ends the transaction for all
 */
export async function workOff(
  ctx: Ctx,
  units: readonly UnitOfWork[],
  verb: (ctx: Ctx, inputs: readonly unknown[]) => Promise<readonly GroupOutcome<unknown>[]>,
): Promise<UnitOutcome[]> {
  const keyed = units.filter((unit) => unit.claim !== null);
  const claims = await claimIdempotencyKeys(
    ctx,
    keyed.map((unit) => unit.claim!),
  );
  const settled = new Map<UnitOfWork, UnitOutcome>();
  for (const [index, unit] of keyed.entries()) {
    const claim = claims[index];
    if (claim instanceof AppError) settled.set(unit, claim);
    else if (claim) settled.set(unit, { answer: claim as Answer, replayed: true });
  }
  const open = units.filter((unit) => !settled.has(unit));
  if (open.length > 0) {
    const outcomes = await verb(
      ctx,
      open.map((unit) => unit.input),
    );
    for (const [index, unit] of open.entries()) {
      const outcome = outcomes[index]!;
      settled.set(unit, outcome.ok ? { answer: unit.render(outcome.value), replayed: false } : outcome.error);
    }
    await keepAnswers(ctx, open, settled);
  }
  return units.map((unit) => settled.get(unit)!);
}

async function keepAnswers(
  ctx: Ctx,
  units: readonly UnitOfWork[],
  settled: ReadonlyMap<UnitOfWork, UnitOutcome>,
): Promise<void> {
  const answers = new Map<string, Omit<Answer, 'body'> & { body: string | null }>();
  const refused: string[] = [];
  for (const unit of units) {
    if (!unit.claim) continue;
    const outcome = settled.get(unit)!;
    if (outcome instanceof AppError) refused.push(unit.claim.key);
    else answers.set(unit.claim.key, unit.secret ? { ...outcome.answer, body: null } : outcome.answer);
  }
  await storeAnswers(ctx, answers);
  await releaseIdempotencyKeys(ctx, refused);
}
