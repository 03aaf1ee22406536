import { sql } from 'kysely';
import { type Ctx, letGo } from './context.ts';

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
  const write = ctx.tx
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
  await letGo(ctx, write);
}

/** As `emit`, for many events of one kind in one statement. */
export async function emitAll<Data extends object>(
  ctx: Ctx,
  definition: EventDefinition<Data>,
  events: readonly { entityId: string | null; data: Data }[],
): Promise<void> {
  if (ctx.silent || events.length === 0) return;
  const write = sql`
    insert into domain_events (type, schema_version, entity_type, entity_id, occurred_at, actor_kind, actor_id,
                               causation_id, data)
    select ${definition.type}, ${definition.schemaVersion}::integer, ${definition.entityType}, entity_id, ${ctx.now},
           ${ctx.principal.kind}, ${ctx.principal.id}::uuid, ${ctx.causationId ?? null}::uuid, data
    from jsonb_to_recordset(${JSON.stringify(events.map(({ entityId, data }) => ({ entity_id: entityId, data })))}::jsonb)
      as event(entity_id uuid, data jsonb)`.execute(ctx.tx);
  await letGo(ctx, write);
}
