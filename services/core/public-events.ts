import { sql } from 'kysely';
import type { FilterFields } from '../../domain/core/filter.rules.ts';
import {
  exampleOf,
  filterFieldsOf,
  type PublicField,
  type PublicFields,
  schemaOf,
} from '../../domain/core/public-fields.rules.ts';
import type { Ctx } from './context.ts';
import type { EventDefinition } from './events.ts';

/** What the outside sees of a record at this moment, by id; a record that is gone has none. */
export interface PublicEntity {
  readonly entityType: string;
  readonly fields: PublicFields;
  read(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Record<string, unknown>>>;
}

/** An event that the outside may be told of, with the meaning of its facts. */
export interface PublicEvent {
  readonly definition: EventDefinition<object>;
  readonly summary: string;
  readonly facts: PublicFields;
  /** Absent: the event tells its facts alone. */
  readonly entity?: PublicEntity;
  /** False for a name that can be subscribed to before anything sends it. */
  readonly available: boolean;
}

/** Documents an event; the compiler wants exactly the facts that the event has. */
export function publicEvent<Data extends object>(
  definition: EventDefinition<Data>,
  summary: string,
  facts: { readonly [Name in keyof Required<Data>]: PublicField },
  entity?: PublicEntity,
): PublicEvent {
  return { definition, summary, facts, available: true, ...(entity ? { entity } : {}) };
}

/** Table, columns and meaning of a record's public view, said once. @param fields name → column and documentation */
export function publicEntity(
  entityType: string,
  from: string,
  columns: Readonly<Record<string, PublicField & { readonly column: string }>>,
): PublicEntity {
  const names = Object.entries(columns);
  const list = sql.raw(names.map(([name, { column }]) => `${column} as "${name}"`).join(', '));
  return {
    entityType,
    fields: Object.fromEntries(names.map(([name, { column: _, ...field }]) => [name, field as PublicField])),
    async read(ctx, ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await sql<{ id: string }>`
        select ${list} from ${sql.raw(from)}
        where r.organization_id = ${ctx.organizationId} and r.id = any(${sql.val([...ids])}::uuid[])`.execute(ctx.tx);
      return new Map(rows.map((row) => [row.id, row as Record<string, unknown>]));
    },
  };
}

/** Every event that the outside may be told of, by its name. */
export class EventCatalogue {
  readonly events: readonly PublicEvent[];
  private readonly byType: ReadonlyMap<string, PublicEvent>;

  constructor(events: readonly PublicEvent[]) {
    this.events = events.toSorted((a, b) => (a.definition.type < b.definition.type ? -1 : 1));
    this.byType = new Map(events.map((event) => [event.definition.type, event]));
    if (this.byType.size !== events.length) throw new Error('An event stands in the catalogue twice.');
  }

  find(type: string): PublicEvent | undefined {
    return this.byType.get(type);
  }

  get entityTypes(): string[] {
    return [...new Set(this.events.map((event) => event.definition.entityType))].sort();
  }

  entity(entityType: string): PublicEntity | undefined {
    return this.events.find((event) => event.definition.entityType === entityType && event.entity)?.entity;
  }

  /** What events about this kind of record can be filtered by: its public view and the facts of its events. */
  filterFields(entityType: string): FilterFields {
    const events = this.events.filter((event) => event.definition.entityType === entityType);
    const all: PublicFields = Object.assign(
      {},
      ...events.map((event) => event.facts),
      this.entity(entityType)?.fields ?? {},
    );
    return filterFieldsOf(all);
  }

  /** The whole of what a receiver gets in `data`. */
  dataFields(event: PublicEvent): { schema: Record<string, unknown>; example: Record<string, unknown> } {
    const { entity, facts } = event;
    const head: PublicFields = { ...ENVELOPE, ...facts };
    const schema = schemaOf(head) as { properties: object; required: string[] };
    const entityType = event.definition.entityType;
    const example = { ...exampleOf(ENVELOPE), entityType, ...exampleOf(facts) };
    if (!entity) return { schema, example };
    const object = { ...schemaOf(entity.fields), type: ['object', 'null'] };
    return {
      schema: {
        ...schema,
        properties: { ...schema.properties, object },
        required: [...schema.required, 'object'],
      },
      example: { ...example, object: exampleOf(entity.fields) },
    };
  }
}

const ENVELOPE: PublicFields = {
  eventId: {
    type: 'uuid',
    about: 'The same in every delivery to every endpoint',
    example: '019a9f00-0000-7000-8000-000000000001',
  },
  entityType: { type: 'text', example: '' },
  entityId: { type: 'uuid', nullable: true, example: '019a9f00-0000-7000-8000-0000000000aa' },
};
