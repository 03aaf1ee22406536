type Values = Readonly<Record<string, unknown>>;

/** The text of a CSV column as the number it says; anything else is left to the shape to refuse. */
export const numberOf = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d{1,17}(\.\d{1,17})?$/.test(value) ? Number(value) : value;

/** The text of a CSV column as the JSON that it holds. */
export function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Elements of a list with their keys in camelCase; free-form values inside are not touched. */
export const camelElements = (list: unknown): unknown =>
  Array.isArray(list)
    ? list.map((element) =>
        typeof element === 'object' && element !== null
          ? Object.fromEntries(Object.entries(element).map(([key, value]) => [camel(key), value]))
          : element,
      )
    : list;

/** Columns that name the customer, each an identifier of its type. */
const IDENTIFIER_COLUMNS = [
  ['phone', 'phone'],
  ['email', 'email'],
  ['customerExternalId', 'external_id'],
  ['deviceId', 'device'],
  ['cookieId', 'cookie'],
] as const;

/** Fields that together name the customer. */
export const CUSTOMER_FIELDS: ReadonlySet<string> = new Set([
  'customerIdentifiers',
  ...IDENTIFIER_COLUMNS.map(([field]) => field),
]);

export const IDENTIFIER_FIELDS = [
  {
    name: 'phone',
    required: false,
    synonyms: ['phone number', 'customer phone', 'caller', 'mobile', 'telephone', 'msisdn'],
  },
  { name: 'email', required: false, synonyms: ['e-mail', 'email address', 'customer email', 'mail'] },
  {
    name: 'customerExternalId',
    required: false,
    synonyms: ['customer id', 'external customer id', 'crm id', 'contact id'],
  },
  { name: 'deviceId', required: false, synonyms: ['device'] },
  { name: 'cookieId', required: false, synonyms: ['cookie'] },
  { name: 'customerIdentifiers', required: false, synonyms: ['identifiers'] },
] as const;

/** The identifiers of a row: the list of the API, and those of the columns; `fieldOf` leads a problem back to its column. */
export function identifiersOf(values: Values): { list: unknown; fieldOf: (path: string) => string } {
  const given = camelElements(jsonOf(values.customerIdentifiers));
  const columns = IDENTIFIER_COLUMNS.filter(([field]) => values[field] !== undefined);
  const ofColumns = columns.map(([field, type]) => ({ type, value: values[field] }));
  const list = given === undefined ? ofColumns : Array.isArray(given) ? [...given, ...ofColumns] : given;
  const offset = Array.isArray(given) ? given.length : 0;
  return {
    list: Array.isArray(list) && list.length === 0 ? undefined : list,
    fieldOf(path) {
      const index = /^customerIdentifiers\.(\d+)\./.exec(path)?.[1];
      return (index === undefined ? undefined : columns[Number(index) - offset]?.[0]) ?? path;
    },
  };
}

/** A copy without the fields that have no value. */
export const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** A copy without some of the fields; it is the caller's to fill. */
export function without(values: Values, left: ReadonlySet<string>): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const field of Object.keys(values)) if (!left.has(field)) copy[field] = values[field];
  return copy;
}
