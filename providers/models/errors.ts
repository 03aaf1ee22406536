import { ModelError } from '../../domain/agent/model.port.ts';

interface VendorError {
  readonly status?: unknown;
  readonly headers?: { get?(name: string): string | null } | undefined;
  readonly name?: string;
}

/** What an SDK throws, in the words of the port. Both vendors' clients come from one generator and throw alike. */
export function toModelError(error: unknown, aborted: boolean): ModelError {
  if (error instanceof ModelError) return error;
  if (aborted) return new ModelError('cancelled', 'The call was cancelled.', { cause: error });
  const { status, headers, name } = error as VendorError;
  if (error instanceof SyntaxError) return new ModelError('malformed', 'The answer is no JSON.', { cause: error });
  if (typeof status === 'number') {
    const seconds = Number(headers?.get?.('retry-after') ?? Number.NaN);
    const after = Number.isFinite(seconds) ? { retryAfterSeconds: Math.min(Math.max(seconds, 0), 3_600) } : {};
    if (status === 429) return new ModelError('rate_limited', 'The vendor asks to wait.', { ...after, cause: error });
    if (status === 408 || status === 409 || status >= 500)
      return new ModelError('outage', `The vendor answered ${status}.`, { ...after, cause: error });
    return new ModelError('rejected', `The vendor refused the request with ${status}.`, { cause: error });
  }
  if (/Timeout/.test(name ?? '') || /timed out/i.test(String((error as Error)?.message)))
    return new ModelError('timeout', 'The vendor did not answer in time.', { cause: error });
  return new ModelError('outage', 'The vendor could not be reached.', { cause: error });
}
