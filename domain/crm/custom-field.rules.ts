export const CUSTOM_FIELD_TYPES = ['text', 'number', 'boolean', 'date', 'timestamp', 'enum', 'multi_enum'] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

export interface CustomFieldDefinition {
  readonly key: string;
  readonly type: CustomFieldType;
  /** What an enum may hold. */
  readonly options: readonly string[];
  readonly required: boolean;
}

const MOST_TEXT = 5_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Why a value may not stand in the field; null when it may. JSON null takes a value away and is refused where required. */
export function customFieldIssue(definition: CustomFieldDefinition, value: unknown): string | null {
  if (value === null) return definition.required ? 'is required' : null;
  switch (definition.type) {
    case 'text':
      return typeof value === 'string' && value.length <= MOST_TEXT && !value.includes('\u0000')
        ? null
        : `must be a text of at most ${MOST_TEXT} characters`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'date':
      return typeof value === 'string' && DAY.test(value) && isDay(value) ? null : 'must be a day, like 2026-01-15';
    case 'timestamp':
      return typeof value === 'string' && TIMESTAMP.test(value) && isDay(value.slice(0, 10))
        ? null
        : 'must be an ISO-8601 date and time with an offset';
    case 'enum':
      return typeof value === 'string' && definition.options.includes(value) ? null : oneOf(definition);
    case 'multi_enum':
      return Array.isArray(value) && value.every((entry) => definition.options.includes(entry as string))
        ? null
        : `must be a list of: ${definition.options.join(', ')}`;
  }
}

/** The value that a cell of a file means; what means none stays as it is, and is refused as such. */
export function customFieldValue({ type }: CustomFieldDefinition, cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  const text = cell.trim();
  switch (type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : cell;
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase()) ?? cell;
    case 'multi_enum':
      return text.split(/\s*[;|]\s*/).filter(Boolean);
    default:
      return cell;
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'no', '0'].map((word) => [word, false] as const),
]);

const oneOf = ({ options }: CustomFieldDefinition): string => `must be one of ${options.join(', ')}`;

/** Whether the calendar has the day: 2026-02-30 is none. */
function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
  return day <= days;
}
