import { type Ctx, letGo } from './context.ts';

export interface AuditEntry {
  entityType: string;
  entityId: string | null;
  /** States before and after; never secrets. */
  before?: object | null;
  after?: object | null;
}

/** Appends a plain audit row in the verb's own transaction. */
export function audit(ctx: Ctx, action: string, entry: AuditEntry): Promise<void> {
  const write = ctx.tx
    .insertInto('audit_logs')
    .values({
      actor_kind: ctx.principal.kind,
      actor_id: ctx.principal.id,
      on_behalf_of: ctx.principal.kind === 'user' ? null : (ctx.principal.userId ?? null),
      action,
      entity_type: entry.entityType,
      entity_id: entry.entityId,
      before: entry.before ? JSON.stringify(entry.before) : null,
      after: entry.after ? JSON.stringify(entry.after) : null,
      request_id: ctx.requestId ?? null,
    })
    .execute();
  return letGo(ctx, write);
}
