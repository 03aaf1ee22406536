import { invalid } from './errors.ts';
import { type FilterFields, nameIn } from './filter.rules.ts';

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

const MOST_KEYS = 3;

/** Texts by their code units: the same order in every process, whatever its language. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const sortableFields = (fields: FilterFields): string[] =>
  Object.entries(fields).flatMap(([name, field]) => (field.type !== 'relation' && field.sortable ? [name] : []));

/** `-createdAt,name` → keys of the allow-list, either casing. @throws AppError validation naming the sortable fields. */
export function readSort(fields: FilterFields, text: string, spell = (name: string) => name): SortKey[] {
  const keys = text.split(',').map((part): SortKey => {
    const written = part.trim();
    const descending = written.startsWith('-');
    const field = nameIn(fields, written.replace(/^[-+]/, ''));
    const allowed = sortableFields(fields);
    if (field === undefined || !allowed.includes(field)) {
      throw invalid('sort', `must be one of ${allowed.map(spell).join(', ')}, with - in front for descending`, text);
    }
    return { field, descending };
  });
  if (keys.length > MOST_KEYS) throw invalid('sort', `names more than ${MOST_KEYS} fields`, text);
  return keys;
}
