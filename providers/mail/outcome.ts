import type { DeliveryOutcome } from '../../domain/platform/mail.port.ts';

/** Nothing was taken: there was nobody to take it. Whatever else breaks on the way may have arrived. */
const BEFORE_CONNECTING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EDNS']);

export const neverLeft = (error: unknown): boolean =>
  BEFORE_CONNECTING.has(String((error as { code?: unknown } | null)?.code ?? ''));

/**
 * What an HTTP status says of a hand-over. A refusal is certain; a server that breaks may have taken it first.
 * @throws Error for an outcome that nobody knows
 */
export function statusOutcome(provider: string, status: number, retryAfter: string | undefined): DeliveryOutcome {
  if (status === 429) {
    const seconds = Number(retryAfter);
    return {
      kind: 'later',
      code: `${provider}_RATE_LIMITED`,
      ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: Math.min(seconds, 3_600) } : {}),
    };
  }
  // A key that is being changed: the message is not at fault.
  if (status === 401 || status === 403)
    return { kind: 'later', code: `${provider}_UNAUTHORIZED`, retryAfterSeconds: 60 };
  if (status >= 400 && status < 500) return { kind: 'refused', code: `${provider}_REFUSED_${status}` };
  throw new Error(`${provider} answered ${status}; it may have taken the message.`);
}

/** An error of a provider's package carries the whole request, key and recipient with it; what is logged says how it ended. */
export function unknownOutcome(provider: string, error: unknown): Error {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return new Error(`${provider}: nobody knows the outcome (${[code, message].filter(Boolean).join(': ')})`);
}
