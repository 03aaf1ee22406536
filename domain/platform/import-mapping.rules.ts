export interface ImportField {
  /** Name of the API, in camelCase. */
  readonly name: string;
  readonly required: boolean;
  /** Other names that source systems use, in any spelling. */
  readonly synonyms: readonly string[];
}

export interface MappingSuggestion {
  readonly column: string;
  readonly field: string | null;
  /** 1 = the name itself, 0.9 = a usual synonym, less = a guess that is not used unless it is confirmed. */
  readonly confidence: number;
}

/** From this confidence on a suggestion is used without being asked for. */
export const SURE = 0.9;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** A field for each column by its name in snake_case, camelCase or with spaces; the surest column gets the field. */
export function suggestMapping(columns: readonly string[], fields: readonly ImportField[]): MappingSuggestion[] {
  const rated = columns.map((column) => ({ column, best: bestField(plain(column), fields) }));
  const taken = new Map<string, (typeof rated)[number]>();
  for (const entry of rated) {
    if (!entry.best) continue;
    const rival = taken.get(entry.best.field);
    if (!rival || rival.best!.confidence < entry.best.confidence) taken.set(entry.best.field, entry);
  }
  return rated.map((entry) =>
    entry.best && taken.get(entry.best.field) === entry
      ? { column: entry.column, ...entry.best }
      : { column: entry.column, field: null, confidence: 0 },
  );
}

function bestField(column: string, fields: readonly ImportField[]): { field: string; confidence: number } | null {
  if (column === '') return null;
  let best: { field: string; confidence: number } | null = null;
  for (const { name, synonyms } of fields) {
    const confidence = ratingOf(column, plain(name), synonyms.map(plain));
    if (confidence > (best?.confidence ?? 0)) best = { field: name, confidence };
  }
  return best;
}

function ratingOf(column: string, name: string, synonyms: readonly string[]): number {
  if (column === name) return 1;
  if (synonyms.includes(column)) return 0.9;
  const names = [name, ...synonyms].filter((other) => other.length >= 4);
  return column.length >= 4 && names.some((other) => column.includes(other) || other.includes(column)) ? 0.5 : 0;
}

/** Column → field, as a caller may state it; null leaves a column out. */
export type Mapping = Readonly<Record<string, string | null>>;

/** The field of each column: what was stated, else what is sure. A field is filled by one column. */
export function fieldsOfColumns(
  columns: readonly string[],
  fields: readonly ImportField[],
  stated: Mapping | null,
): (string | null)[] {
  const left = columns.filter((column) => !stated || !Object.hasOwn(stated, column));
  const claimed = new Set(Object.values(stated ?? {}));
  const suggested = new Map(
    suggestMapping(left, fields).map(({ column, field, confidence }) => [
      column,
      confidence >= SURE && !claimed.has(field) ? field : null,
    ]),
  );
  return columns.map((column) =>
    stated && Object.hasOwn(stated, column) ? stated[column]! : (suggested.get(column) ?? null),
  );
}

export interface MappingProblem {
  readonly code: 'UNKNOWN_FIELD' | 'UNKNOWN_COLUMN' | 'FIELD_TWICE' | 'FIELD_MISSING' | 'COLUMN_TWICE';
  readonly message: string;
}

/** What is wrong with a mapping as a whole; empty when rows can be read by it. */
export function mappingProblems(
  columns: readonly string[],
  mapped: readonly (string | null)[],
  fields: readonly ImportField[],
  stated: Mapping | null,
): MappingProblem[] {
  const known = new Set(fields.map(({ name }) => name));
  const used = mapped.filter((field): field is string => field !== null);
  const twice = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  return [
    ...Object.entries(stated ?? {}).flatMap(([column, field]): MappingProblem[] => [
      ...(columns.includes(column)
        ? []
        : [{ code: 'UNKNOWN_COLUMN' as const, message: `The file has no column "${column}".` }]),
      ...(field === null || known.has(field)
        ? []
        : [{ code: 'UNKNOWN_FIELD' as const, message: `There is no field "${field}".` }]),
    ]),
    ...twice(used).map((field) => ({
      code: 'FIELD_TWICE' as const,
      message: `The field "${field}" is filled by more than one column.`,
    })),
    ...twice(columns.filter((column) => column !== '')).map((column) => ({
      code: 'COLUMN_TWICE' as const,
      message: `The column "${column}" appears twice.`,
    })),
    ...fields
      .filter(({ name, required }) => required && !used.includes(name))
      .map(({ name }) => ({ code: 'FIELD_MISSING' as const, message: `No column fills the field "${name}".` })),
  ];
}
