import type { RawBuilder } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/**
 * What an upper wing knows of people: how it is taken away, and what of it belongs into an export. Composition roots hand
 * the list in, because this wing knows none of those above it.
 */
export interface PersonRecords {
  /** Repeatable: what is gone is not counted again. Answers how many rows of each kind lost what they told. */
  erase(ctx: Ctx, recordIds: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /**
   * Where the wing keeps what people have said: takes one batch of what is older away. Answers how many rows lost what they
   * told; fewer than `ERASE_BATCH`: all are done.
   */
  retain?(ctx: Ctx, before: Date): Promise<number>;
  /** Name in the export → rows of a table of the wing that belong to the person. */
  readonly sections: Readonly<Record<string, PersonSection>>;
}

export interface PersonSection {
  readonly table: string;
  /** The column that rows are read in the order of; several rows may share a value. Default: id. */
  readonly key?: string;
  /** A condition on the table. */
  belongs(ctx: Ctx, recordIds: readonly string[]): RawBuilder<unknown>;
}
