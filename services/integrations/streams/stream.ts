import type { AppError } from '../../../domain/core/errors.ts';
import type { RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
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

export type Stream = FactStream;
