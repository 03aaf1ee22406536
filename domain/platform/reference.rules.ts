/** How callers name a role or a team: by its id, or by the small number that people know it by. */
export type Reference = string | number;

export type ReadReference = { readonly id: string } | { readonly number: number } | { readonly name: string };

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Text of a CSV cell names a number too; anything else is a name, where names are unique. */
export function readReference(reference: Reference): ReadReference {
  if (typeof reference === 'number') return { number: reference };
  if (UUID.test(reference)) return { id: reference.toLowerCase() };
  return /^\d{1,9}$/.test(reference) ? { number: Number(reference) } : { name: reference };
}
