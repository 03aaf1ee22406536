import type { FilterFields } from '../../../domain/core/filter.rules.ts';
import { verb } from '../../core/context.ts';
import type { EventCatalogue } from '../../core/public-events.ts';

export interface PublicEventView {
  name: string;
  summary: string;
  entityType: string;
  schemaVersion: number;
  /** Whether this version of the product sends it. */
  available: boolean;
  /** JSON Schema of the body. */
  schema: Record<string, unknown>;
  example: Record<string, unknown>;
  /** What `filters` of an endpoint may name for this kind of record. */
  filterFields: Record<string, string>;
}

/** Everything that an endpoint can subscribe to. */
export const listWebhookEvents = verb(
  { permission: 'webhooks.view' },
  async (_ctx, { catalogue }: { catalogue: EventCatalogue }): Promise<{ events: PublicEventView[] }> => ({
    events: catalogue.events.map((event) => {
      const { definition, summary, available } = event;
      const data = catalogue.dataFields(event);
      return {
        name: definition.type,
        summary,
        entityType: definition.entityType,
        schemaVersion: definition.schemaVersion,
        available,
        schema: {
          type: 'object',
          properties: {
            type: { const: definition.type },
            timestamp: { type: 'string', format: 'date-time' },
            data: data.schema,
          },
          required: ['type', 'timestamp', 'data'],
        },
        example: { type: definition.type, timestamp: '2026-06-30T12:00:00.000Z', data: data.example },
        filterFields: typesOf(catalogue.filterFields(definition.entityType)),
      };
    }),
  }),
);

const typesOf = (fields: FilterFields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));
