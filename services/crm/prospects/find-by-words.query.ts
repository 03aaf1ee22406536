import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { containing } from '../../core/filter.ts';

/** So many are looked up by the index and then read by their ids; a word that more people have is no key to anything. */
const MOST_FOUND = 2_000;
/** The index knows texts of three letters. */
const SHORTEST_KEY = 3;

/** The words of a search, as they stand in `search`. */
export const wordsOf = (q: string): string[] => q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);

/** Who has all the words; null: too many, or the words are too short for the index. Not every id may be the reader's. */
export async function idsByWords(ctx: Ctx, q: string): Promise<string[] | null> {
  const words = wordsOf(q).sort((a, b) => b.length - a.length);
  if ((words[0]?.length ?? 0) < SHORTEST_KEY) return null;
  const patterns = words.map(containing);
  const { rows } = await sql<{ id: string }>`
    select find_prospects_by_words(${sql.val(patterns)}::text[], ${MOST_FOUND + 1}::integer) as id`.execute(ctx.tx);
  return rows.length > MOST_FOUND ? null : rows.map(({ id }) => id);
}

/** Whose texts come close to `q`, as `idsByWords`. */
export async function idsComingClose(ctx: Ctx, q: string): Promise<string[] | null> {
  const { rows } = await sql<{ id: string }>`
    select find_prospects_like(${q.toLowerCase()}::text, ${MOST_FOUND + 1}::integer) as id`.execute(ctx.tx);
  return rows.length > MOST_FOUND ? null : rows.map(({ id }) => id);
}
