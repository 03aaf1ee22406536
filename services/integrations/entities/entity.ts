import type { RawBuilder } from 'kysely';
import type { Fields } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';

/** A record of ours as syncs see it: its fields as text, numbers and truth values, deleted ones too. */
export interface LocalRecord {
  readonly id: string;
  readonly version: number;
  readonly changedAt: Date;
  readonly deleted: boolean;
  readonly fields: Fields;
}

/** A kind of record that syncs read and change. Changes go through the verbs that people use, and throw what they throw. */
export interface LocalEntity {
  readonly table: 'prospects' | 'accounts' | 'deals' | 'activities';
  readonly fields: ReadonlySet<string>;
  /** Those of `ids` that exist, held until the transaction ends. */
  read(ctx: Ctx, ids: readonly string[]): Promise<Map<string, LocalRecord>>;
  /** For each the record that is meant by it, by what names it; null where there is none. */
  match(ctx: Ctx, records: readonly Fields[]): Promise<(string | null)[]>;
  create(ctx: Ctx, fields: Fields): Promise<string>;
  update(ctx: Ctx, id: string, fields: Fields): Promise<void>;
  remove(ctx: Ctx, id: string): Promise<void>;
  /** Which records that are not linked yet go out; `e` is the table. */
  outgoing(ctx: Ctx, integrationId: string): RawBuilder<boolean>;
}
