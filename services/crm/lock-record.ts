import { sql } from 'kysely';
import { notFound } from '../../domain/core/errors.ts';
import type { Ctx } from '../core/context.ts';
import { requireVersion } from '../core/versions.ts';

/** What people call the rows of a table. */
const NAMES = {
  prospects: 'The prospect',
  accounts: 'The account',
  deals: 'The deal',
  call_logs: 'The call',
  meetings: 'The meeting',
  tasks: 'The task',
  contact_segments: 'The segment',
  contact_lists: 'The list',
} as const;
type LockedTable = keyof typeof NAMES;

export interface LockInput {
  id: string;
  /** Version that the caller has read; absent: whatever it is by now. */
  expectedVersion?: number | undefined;
}

/**
 * Holds a living record until the transaction ends, so that it is changed by one at a time, and answers the named columns.
 * `alone` also keeps new rows from referring to it meanwhile, for records that are about to go.
 * @throws AppError not_found; precondition_failed.
 */
export async function lockRecord<Row extends object = object>(
  ctx: Ctx,
  table: LockedTable,
  { id, expectedVersion }: LockInput,
  { columns = [], alone = false }: { columns?: readonly (keyof Row & string)[]; alone?: boolean } = {},
): Promise<Row> {
  const { rows } = await sql<Row & { version: number }>`
    select ${sql.join(['version', ...columns].map((column) => sql.ref(column)))} from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = ${id}
      ${table === 'meetings' ? sql`` : sql`and deleted_at is null`}
    ${alone ? sql`for update` : sql`for no key update`}`.execute(ctx.tx);
  const [row] = rows;
  if (!row) throw notFound(NAMES[table]);
  requireVersion(row.version, expectedVersion);
  return row;
}
