import type { StoredAnswer } from '../../services/core/idempotency.ts';
import { toSnake } from './casing.ts';
import type { CompiledEndpoint } from './compile.ts';
import { renderCsv } from './csv.ts';
import { PREFIX } from './endpoint.ts';
import { paginationOf, renderSuccess } from './faces.ts';

export interface Answer extends StoredAnswer {
  readonly body: string;
}

interface Page {
  readonly items: readonly unknown[];
  readonly total?: number;
  readonly nextCursor?: string | null;
}

/** A verb's result → what leaves: envelope, casing, version, place. */
export function renderAnswer(
  compiled: CompiledEndpoint,
  result: unknown,
  query: unknown,
  options: { check: boolean; csv?: boolean },
): Answer {
  const { endpoint } = compiled;
  const { check } = options;
  if (options.csv && endpoint.csv) {
    return { status: 200, body: renderCsv(endpoint.face, endpoint.csv(result)), etag: null, location: null };
  }
  if (endpoint.list) return renderList(compiled, result as Page, query as { page?: number; limit: number }, check);
  const version = endpoint.etag?.(result);
  const location = endpoint.location?.(result);
  return {
    status: typeof endpoint.status === 'function' ? endpoint.status(result) : endpoint.status,
    body: renderSuccess(endpoint.face, valueOnWire(compiled, result, check), messageOf(compiled, result)),
    etag: version === undefined ? null : `"${version}"`,
    location: location === undefined ? null : `${PREFIX[endpoint.face]}${location}`,
  };
}

function renderList(
  compiled: CompiledEndpoint,
  result: Page,
  query: { page?: number; limit: number },
  check: boolean,
): Answer {
  const { endpoint } = compiled;
  const data = result.items.map((item) => valueOnWire(compiled, item, check));
  const pagination =
    endpoint.list === 'page'
      ? paginationOf(query.page ?? 1, query.limit, result.total ?? 0)
      : { limit: query.limit, nextCursor: result.nextCursor ?? null };
  const body = renderSuccess(endpoint.face, data, messageOf(compiled, result), pagination);
  return { status: 200, body, etag: null, location: null };
}

const messageOf = ({ endpoint }: CompiledEndpoint, result: unknown): string =>
  typeof endpoint.message === 'function' ? endpoint.message(result) : endpoint.message;

/** A verb's result in the face's casing. */
export function valueOnWire({ endpoint, responseShape }: CompiledEndpoint, result: unknown, check: boolean): unknown {
  const value = endpoint.output ? endpoint.output(result) : result;
  if (check) requireDocumented(endpoint.operationId, endpoint.response, value);
  return endpoint.face === 'a' ? toSnake(responseShape, value) : value;
}

/** Tests and development only: an answer that its own documentation does not describe is a bug. */
function requireDocumented(operationId: string, schema: CompiledEndpoint['body'], value: unknown): void {
  const outcome = schema.safeParse(JSON.parse(JSON.stringify(value ?? null)));
  if (!outcome.success) {
    throw new Error(`${operationId} answered something that its response schema refuses: ${outcome.error.message}`);
  }
}
