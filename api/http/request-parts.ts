import { invalid } from '../../domain/core/errors.ts';
import type { Identity } from './auth.ts';
import { isStorableText } from './casing.ts';
import type { CompiledEndpoint } from './compile.ts';
import type { ParsedRequest, RawRequest } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { parseQuery } from './query-string.ts';
import { validate } from './validation.ts';
import { withoutWriteKey } from './write-key.ts';

export type Request = ParsedRequest<unknown, Record<string, unknown>, unknown>;

/** Path and query, checked. */
export function parseHead(compiled: CompiledEndpoint, exchange: Exchange): Pick<Request, 'params' | 'query'> {
  const request = exchange.context.req;
  const cut = request.url.indexOf('?');
  const given = cut < 0 ? '' : request.url.slice(cut + 1);
  const search = compiled.endpoint.credential === 'write_key' ? withoutWriteKey(given) : given;
  const query = parseQuery(search, exchange.face, compiled.queryShape, compiled.lists);
  return {
    params: compiled.params && validate(compiled.params, pathParametersOf(exchange), 'params'),
    query: validate(compiled.query, query, 'query') as Record<string, unknown>,
  };
}

/** What `input` sees beside the validated parts. */
export const rawRequestOf = (
  { endpoint }: CompiledEndpoint,
  exchange: Exchange,
  { organizationId, principal }: Identity,
  text: string,
): RawRequest => ({
  text,
  organizationId,
  header: exchange.header,
  ifMatch: endpoint.method === 'get' ? undefined : ifMatchOf(exchange.header('if-match')),
  principal,
  now: exchange.now,
  remoteAddress: exchange.remoteAddress,
});

function pathParametersOf(exchange: Exchange): Record<string, string> {
  const found = exchange.context.req.param() as Record<string, string>;
  for (const name in found) {
    if (!isStorableText(found[name]!)) throw invalid(name, 'contains a NUL character');
  }
  return found;
}

/** A tag that is none of ours can never match, which is what -1 says. */
function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^\s*"(\d{1,15})"\s*$/.exec(header)?.[1];
  return version === undefined ? -1 : Number(version);
}
