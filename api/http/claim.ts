import { createHash } from 'node:crypto';
import { invalid } from '../../domain/core/errors.ts';
import type { CompiledEndpoint } from './compile.ts';
import type { Exchange } from './exchange.ts';

/** The `Idempotency-Key` of the request, where the endpoint honours one. @throws AppError validation. */
export function idempotencyKeyOf({ endpoint }: CompiledEndpoint, exchange: Exchange): string | undefined {
  const key = endpoint.idempotent ? exchange.header('idempotency-key') : undefined;
  if (key === undefined) return undefined;
  if (key.length < 1 || key.length > 255) {
    throw invalid('Idempotency-Key', 'The header Idempotency-Key must have 1 to 255 characters.');
  }
  return key;
}

function fingerprintOf(exchange: Exchange, text: string): Buffer {
  const { method, url } = exchange.context.req;
  return createHash('sha256')
    .update(`${method} ${pathAndSearch(url)}\n`)
    .update(text)
    .digest();
}

const pathAndSearch = (url: string): string => url.slice(url.indexOf('/', url.indexOf('//') + 2));

/** What the key stands for: the same key with another request is a conflict. */
export const claimOf = (
  { endpoint }: CompiledEndpoint,
  exchange: Exchange,
  key: string | undefined,
  content: string,
) =>
  key === undefined ? null : { key, fingerprint: fingerprintOf(exchange, content), operationId: endpoint.operationId };
