import { sql } from 'kysely';
import { notFound } from '../../domain/core/errors.ts';
import type { Ctx } from '../core/context.ts';
import { requireVersion } from '../core/versions.ts';

/** What an organization sets up for its support: each row has a version, and a deleted one stays for what refers to it. */
const SETTINGS = {
  canned_responses: 'The canned response',
  ticket_routing_rules: 'The routing rule',
  slas: 'The SLA policy',
} as const;
type Setting = keyof typeof SETTINGS;

export interface SettingVersion {
  id: string;
  expectedVersion?: number | undefined;
}

/** Holds the row until the end of the transaction. @throws AppError not_found; precondition_failed. */
export async function lockSetting(ctx: Ctx, table: Setting, { id, expectedVersion }: SettingVersion): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select version from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = ${id} and deleted_at is null
    for no key update`.execute(ctx.tx);
  if (!rows[0]) throw notFound(SETTINGS[table]);
  requireVersion(rows[0].version, expectedVersion);
}

/** Of a row that is locked. */
export const putAway = (ctx: Ctx, table: Setting, id: string) =>
  sql`update ${sql.table(table)} set deleted_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);

/** The row as it would be. */
export const changed = <Row extends object>(row: Row, changes: object): Row => ({
  ...row,
  ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
});
