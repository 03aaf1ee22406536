import { AppError } from '../../domain/core/errors.ts';
import type { Ctx } from '../../services/core/context.ts';
import { createKeyUsageLog } from '../../services/platform/api-keys/index.ts';
import { createDenialLog } from '../../services/platform/audit/index.ts';
import type { Identity } from './auth.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { RefusedKey } from './key-auth.ts';
import { fullPath } from './routes.ts';

/** What is remembered of answered requests: use of keys, refused attempts. In memory until the next flush. */
export interface RequestNotes {
  note(exchange: Exchange, endpoint: Endpoint, status: number, error?: unknown): void;
  flush(): Promise<void>;
}

export function createRequestNotes(db: Ctx['tx'], onError: (error: unknown) => void): RequestNotes {
  const usage = createKeyUsageLog(db, onError);
  const denials = createDenialLog(db, onError);

  function noteDenial(
    exchange: Exchange,
    endpoint: Endpoint,
    { organizationId, principal }: Identity,
    error: AppError,
  ) {
    const permission = error.extras.details?.permission;
    denials.record({
      organizationId,
      principal,
      code: error.code,
      operationId: endpoint.operationId,
      ...(typeof permission === 'string' ? { permission } : {}),
      requestId: exchange.requestId,
      at: exchange.now,
    });
  }

  return {
    note(exchange, endpoint, status, error) {
      const { identity, now: at } = exchange;
      if (identity?.principal.kind === 'api_key' && identity.principal.id !== null) {
        const called = `${endpoint.method.toUpperCase()} ${fullPath(endpoint)}`;
        const { organizationId } = identity;
        usage.record({ organizationId, keyId: identity.principal.id, endpoint: called, status, at });
      }
      if (!(error instanceof AppError)) return;
      const { cause } = error.extras;
      if (error.kind === 'unauthorized' && cause instanceof RefusedKey)
        noteDenial(exchange, endpoint, cause.identity, error);
      // A plan that is used up is no attempt to do what one may not.
      if (error.kind === 'forbidden' && identity && !error.code.startsWith('PLAN_')) {
        noteDenial(exchange, endpoint, identity, error);
      }
    },
    async flush() {
      await Promise.all([usage.flush(), denials.flush()]);
    },
  };
}
