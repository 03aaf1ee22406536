/** All of them, side by side. Should one fail, the others end before its error is told: nothing goes on behind the caller's back. */
export async function together<T extends readonly Promise<unknown>[]>(
  ...works: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(works);
  return (await Promise.all(works)) as { -readonly [K in keyof T]: Awaited<T[K]> };
}
