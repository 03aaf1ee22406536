import type { AppError } from '../../../domain/core/errors.ts';
import type { RemoteChange, RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import type { FieldMapping } from '../../../domain/integrations/field-mapping.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { LocalEntity } from '../entities/entity.ts';
import type { OpenConnection } from '../grants/connection.ts';

/** What became of one record that came in. */
export type RecordOutcome =
  | { readonly externalId: string; readonly result: 'created' | 'updated' | 'deleted' | 'unchanged' }
  | { readonly externalId: string; readonly error: AppError };

/** Facts that come in: they are stored once, corrected when the provider says otherwise, never sent back. */
export interface FactStream {
  readonly kind: 'facts';
  ingest(ctx: Ctx, connection: OpenConnection, records: readonly RemoteRecord[]): Promise<RecordOutcome[]>;
}

/** Records that live on both sides. */
export interface RecordStream {
  readonly kind: 'records';
  readonly entity: LocalEntity;
  /** Unless the organization has one of its own. */
  readonly mappings: readonly FieldMapping[];
  /** Our fields that name a record of another stream. */
  readonly references: Readonly<Record<string, string>>;
  /** Their field that holds our id, once we have sent the record. */
  ownIdField(connection: OpenConnection): string;
}

/** Facts of ours that go out, in order. */
export interface OutletStream {
  readonly kind: 'outlet';
  next(
    ctx: Ctx,
    connection: OpenConnection,
    cursor: string | null,
    limit: number,
  ): Promise<{ changes: readonly RemoteChange[]; cursor: string; more: boolean }>;
}

export type Stream = FactStream | RecordStream | OutletStream;
