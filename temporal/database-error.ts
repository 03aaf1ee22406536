interface DatabaseError extends Error {
  code: string;
  severity: string;
  table_name?: string;
  constraint_name?: string;
}

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error &&
  'severity' in error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.length === 5;

/**
 * Postgres puts values into message, detail and where; its structured fields say the same without them.
 * Undefined for any other error.
 */
export function describeDatabaseError(error: unknown): Error | undefined {
  if (!isDatabaseError(error)) return undefined;
  const where = [error.table_name, error.constraint_name].filter(Boolean).join(', ');
  const described = new Error(`Postgres error ${error.code}${where ? ` (${where})` : ''}`);
  described.name = `Postgres${error.code}`;
  if (error.stack !== undefined) described.stack = error.stack;
  return described;
}
