/** What a response may speak of. */
export const CANNED_VARIABLES = [
  'requester.name',
  'requester.firstName',
  'requester.email',
  'ticket.number',
  'ticket.subject',
  'agent.name',
  'agent.firstName',
] as const;
export type CannedVariable = (typeof CANNED_VARIABLES)[number];
export type CannedValues = Readonly<Partial<Record<CannedVariable, string | null>>>;

/** `{{requester.firstName}}`, or with what stands there when nobody knows: `{{requester.firstName|there}}`. */
const VARIABLE = /\{\{\s*([\w.]+)\s*(?:\|([^}]*))?\}\}/g;

/** Names in a text that nothing stands behind. */
export const unknownVariables = (text: string): string[] =>
  [...text.matchAll(VARIABLE)]
    .map(([, name]) => name!)
    .filter((name) => !CANNED_VARIABLES.includes(name as CannedVariable));

export const renderCanned = (text: string, values: CannedValues): string =>
  text.replaceAll(
    VARIABLE,
    (_, name: string, otherwise: string | undefined) => values[name as CannedVariable] ?? (otherwise ?? '').trim(),
  );

/** Of `Ada Lovelace`: Ada. */
export const firstNameOf = (name: string | null): string | null => name?.trim().split(/\s+/)[0] ?? null;
