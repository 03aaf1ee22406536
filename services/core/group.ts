import type { AppError } from '../../domain/core/errors.ts';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import { type Ctx, type Verb, verb } from './context.ts';

/** What became of one input of a group: stored, or refused without touching its neighbours. */
export type GroupOutcome<O> =
  | { readonly ok: true; readonly value: O }
  | { readonly ok: false; readonly error: AppError };

/** A verb over many independent inputs in one transaction; one outcome per input, in order. */
export interface GroupVerb<I, O> extends Verb<I, O> {
  readonly group: Verb<readonly I[], readonly GroupOutcome<O>[]>;
}

/** Also callable for a single input, whose refusal is then thrown. */
export function groupVerb<I, O>(
  spec: { permission: Permission | null },
  work: (ctx: Ctx, inputs: readonly I[]) => Promise<readonly GroupOutcome<O>[]>,
): GroupVerb<I, O> {
  const group = verb(spec, work);
  const single = verb(spec, async (ctx, input: I): Promise<O> => {
    const [outcome] = await group(ctx, [input]);
    if (!outcome!.ok) throw outcome!.error;
    return outcome!.value;
  });
  return Object.assign(single, { group });
}

export const isGroupVerb = <I, O>(candidate: Verb<I, O>): candidate is GroupVerb<I, O> => 'group' in candidate;
