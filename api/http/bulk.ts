import { AppError, invalid } from '../../domain/core/errors.ts';
import type { Ctx } from '../../services/core/context.ts';
import type { GroupOutcome, GroupVerb } from '../../services/core/group.ts';
import { type Answer, valueOnWire } from './answer.ts';
import type { CompiledEndpoint } from './compile.ts';
import type { RawRequest } from './endpoint.ts';
import { renderRowError, renderSuccess } from './faces.ts';
import { parseRows } from './json-body.ts';
import { validate } from './validation.ts';

export const MAX_ROWS = 1_000;

/** An array where one object is usual: each row has its own outcome, good ones are stored whatever the others are. */
export const isBulk = (text: string): boolean => /^\s*\[/.test(text);

type Row = { readonly input: unknown } | AppError;

/** @throws AppError validation when the text is no JSON, or the number of rows is not allowed. */
export function parseBulk(compiled: CompiledEndpoint, text: string, raw: RawRequest): Row[] {
  const { endpoint } = compiled;
  const values = parseRows(text, endpoint.face, compiled.bodyShape, compiled.money);
  if (values.length < 1 || values.length > MAX_ROWS) {
    throw invalid('body', `must hold 1 to ${MAX_ROWS} rows`, values.length);
  }
  return values.map((value) => {
    if (value instanceof AppError) return value;
    try {
      const body = validate(compiled.body, value, 'body');
      return { input: endpoint.input({ params: undefined, query: {}, body, raw }, undefined) };
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  });
}

/** One outcome per row, in order; rows that were refused already are not shown to the verb. */
export async function performBulk(
  ctx: Ctx,
  verb: GroupVerb<unknown, unknown>,
  rows: readonly Row[],
): Promise<GroupOutcome<unknown>[]> {
  const inputs = rows.flatMap((row) => (row instanceof AppError ? [] : [row.input]));
  const outcomes = inputs.length > 0 ? await verb.group(ctx, inputs) : [];
  let next = 0;
  return rows.map((row) => (row instanceof AppError ? { ok: false, error: row } : outcomes[next++]!));
}

export function renderBulk(
  compiled: CompiledEndpoint,
  outcomes: readonly GroupOutcome<unknown>[],
  check: boolean,
): Answer {
  const { face } = compiled.endpoint;
  const data = outcomes.map((outcome, index) => {
    if (outcome.ok) return { index, status: 'created', ...(valueOnWire(compiled, outcome.value, check) as object) };
    const { error } = outcome;
    const existingId = error.extras.details?.existingId;
    return {
      index,
      status: error.kind === 'conflict' ? 'duplicate' : 'invalid',
      ...(existingId === undefined ? {} : { id: existingId }),
      error: renderRowError(face, error, compiled.fieldNames),
    };
  });
  const stored = outcomes.filter((outcome) => outcome.ok).length;
  const message = `${stored} of ${outcomes.length} rows stored`;
  return { status: 200, body: renderSuccess(face, data, message), etag: null, location: null };
}
