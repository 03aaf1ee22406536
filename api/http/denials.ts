import type { Logger } from 'pino';
import type { AppError } from '../../domain/core/errors.ts';
import { audit } from '../../services/core/audit.ts';
import type { Ctx } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { Exchange } from './exchange.ts';

/**
 * Keeps a refusal in the audit log of the organization whose credential it was, in a transaction of its own: that of the
 * request is rolled back, or was never opened.
 */
export async function auditDenial(
  { db, logger }: { readonly db: Ctx['tx']; readonly logger: Logger },
  exchange: Exchange,
  error: AppError,
): Promise<void> {
  const { identity, requestId, operationId = null, now } = exchange;
  if (error.kind !== 'forbidden' || !identity || identity.principal.kind === 'write_key') return;
  const { organizationId, principal } = identity;
  const { method, path } = exchange.context.req;
  const permission = error.extras.details?.permission ?? null;
  const after = { code: error.code, operation: operationId, permission, method, path: path.slice(0, 500) };
  try {
    await inTransaction(db, { organizationId, principal, now, requestId }, (ctx) =>
      audit(ctx, 'access.denied', { entityType: 'endpoint', entityId: null, after }),
    );
  } catch (err) {
    logger.error({ err, requestId, operationId }, 'a refusal was not audited');
  }
}
