import type { Db } from '../../../schema/db.ts';

/** For jobs over all organizations, which then set each one for its own unit of work. Needs the platform role. */
export async function listOrganizationIds(platformDb: Db): Promise<string[]> {
  const rows = await platformDb
    .selectFrom('organizations')
    .select('id')
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
