export interface PageInput {
  /** From 1 on. */
  page: number;
  limit: number;
}

/**
 * One page of rows that carry the number of all rows beside them (`count(*) over ()`). Beyond the last page there is
 * no row to carry it, so the first row is asked for it.
 */
export async function readPage<Row extends { total: number }>(
  { page, limit }: PageInput,
  read: (limit: number, offset: number) => Promise<Row[]>,
): Promise<{ rows: Row[]; total: number }> {
  const rows = await read(limit, (page - 1) * limit);
  const [counted] = rows.length > 0 || page === 1 ? rows : await read(1, 0);
  return { rows, total: counted?.total ?? 0 };
}
