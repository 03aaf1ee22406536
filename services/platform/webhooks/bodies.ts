import type { Ctx } from '../../core/context.ts';
import type { EventCatalogue } from '../../core/public-events.ts';
import { messageIdOf } from './signing.ts';
import { readRows } from './subscription.ts';

/** A row of the log with what its event said. */
export interface BodyRow {
  messageId: string;
  id: string;
  kind: 'event' | 'test';
  eventId: string | null;
  eventType: string;
  entityType: string;
  entityId: string | null;
  occurredAt: Date;
  attempts: number;
  step: number;
  batchId: string | null;
  /** Null for tests. */
  data: Record<string, unknown> | null;
}

export interface MessageBody {
  readonly id: string;
  readonly body: string;
  readonly rows: readonly BodyRow[];
}

/**
 * The bodies of messages, written anew for every attempt: the log holds ids alone, so nothing of a person who was
 * erased leaves the house with a late retry. @param rows those of one message together
 */
export async function bodiesOf(ctx: Ctx, catalogue: EventCatalogue, rows: readonly BodyRow[]): Promise<MessageBody[]> {
  const objects = await readRows(ctx, catalogue, rows);
  const payloadOf = (row: BodyRow) => ({
    type: row.eventType,
    timestamp: row.occurredAt.toISOString(),
    data:
      row.kind === 'test'
        ? { message: 'A test of this endpoint.', endpointId: row.entityId }
        : {
            eventId: row.eventId,
            entityType: row.entityType,
            entityId: row.entityId,
            ...row.data,
            ...(catalogue.find(row.eventType)?.entity
              ? { object: objects.get(row.entityType)?.get(row.entityId ?? '') ?? null }
              : {}),
          },
  });
  const messages = Map.groupBy(rows, (row) => row.messageId);
  return [...messages].map(([id, parts]) => {
    const [first] = parts;
    const payload =
      first!.batchId === null
        ? payloadOf(first!)
        : {
            type: 'batch',
            timestamp: first!.occurredAt.toISOString(),
            data: parts.map((row) => ({ id: messageIdOf(row.id), ...payloadOf(row) })),
          };
    return { id, body: JSON.stringify(payload), rows: parts };
  });
}
