import type { Ctx } from './context.ts';

/** A kind of domain event; the type parameter is the shape of its data (ids and small facts, no personal data). */
export interface EventDefinition<Data extends object> {
  readonly type: string;
  readonly schemaVersion: number;
  readonly entityType: string;
  /** Never set; carries the type. */
  readonly data?: Data;
}

/** A stored event as reactions receive it. */
export interface DomainEvent<Data extends object = Record<string, unknown>> {
  readonly id: string;
  readonly type: string;
  readonly organizationId: string;
  readonly entityType: string;
  readonly entityId: string | null;
  readonly occurredAt: Date;
  readonly data: Data;
}

export const defineEvent = <Data extends object>(
  type: string,
  entityType: string,
  schemaVersion = 1,
): EventDefinition<Data> => ({ type, entityType, schemaVersion });

/** Records an event in the verb's transaction; the relay gives it its position once it is committed. */
export async function emit<Data extends object>(
  ctx: Ctx,
  definition: EventDefinition<Data>,
  event: { entityId: string | null; data: Data },
): Promise<void> {
  if (ctx.silent) return;
  await ctx.tx
    .insertInto('domain_events')
    .values({
      type: definition.type,
      schema_version: definition.schemaVersion,
      entity_type: definition.entityType,
      entity_id: event.entityId,
      occurred_at: ctx.now,
      actor_kind: ctx.principal.kind,
      actor_id: ctx.principal.id,
      causation_id: ctx.causationId ?? null,
      data: JSON.stringify(event.data),
    })
    .execute();
}
