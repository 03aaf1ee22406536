import { AppError, type FieldIssue, invalidAll } from './errors.ts';
import type { FilterField, FilterFields, FilterValue } from './filter.rules.ts';
import type { FilterOp } from './filter-ops.rules.ts';
import { isDuration, isMoment } from './filter-time.rules.ts';

const MOST_ISSUES = 10;
const MOST_CHARACTERS = 1_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const DECIMAL = /^-?\d{1,18}(?:\.\d{1,12})?$/;

/** What is wrong with a filter, collected so that all of it is told at once. */
export class FilterIssues {
  readonly #found: FieldIssue[] = [];
  readonly #names: 'camel' | 'snake';
  #told = false;

  constructor(names: 'camel' | 'snake') {
    this.#names = names;
  }

  add(field: string, message: string, value?: unknown): null {
    if (this.#found.length < MOST_ISSUES)
      this.#found.push({ field, message, ...(value === undefined ? {} : { value }) });
    return null;
  }

  /** A limit is told once, not for each part beyond it. */
  once(field: string, message: string): null {
    if (!this.#told) this.add(field, message);
    this.#told = true;
    return null;
  }

  spell(name: string): string {
    if (this.#names === 'camel' || name.startsWith('custom.')) return name;
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }

  list(fields: FilterFields): string {
    return Object.keys(fields)
      .map((name) => this.spell(name))
      .join(', ');
  }

  /** @throws AppError validation. */
  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const { message, extras } = invalidAll(this.#found, 'Correct the filter; /docs lists the fields and operators.');
    throw new AppError('validation', 'INVALID_FILTER', message, extras);
  }
}

/** One value in the form that its type has inside a checked filter; null after a refusal. */
export function filterValueOf(
  issues: FilterIssues,
  field: Exclude<FilterField, { type: 'relation' }>,
  op: FilterOp,
  given: unknown,
  path: string,
): FilterValue | null {
  const refuse = (message: string) => issues.add(path, message, given);
  if (given === undefined || given === null) return refuse('is missing; is_null and exists ask for empty values');
  if (op === 'within_last' || op === 'within_next') {
    const units = field.type === 'date' ? '30d, 4w, 6mo or 1y' : '30m, 12h, 30d, 4w, 6mo or 1y';
    return isDuration(given, field.type) ? given : refuse(`must be a time span like ${units}`);
  }
  switch (field.type) {
    case 'text':
    case 'text[]':
      if (typeof given !== 'string') return refuse('must be a text');
      if (given.length > MOST_CHARACTERS) return refuse(`must have at most ${MOST_CHARACTERS} characters`);
      if (given === '' && op !== 'eq' && op !== 'ne' && op !== 'in' && op !== 'not_in')
        return refuse('must not be empty');
      return given.includes('\0') || !given.isWellFormed()
        ? refuse('contains characters that no text can hold')
        : given;
    case 'enum':
      return typeof given === 'string' && field.values.includes(given)
        ? given
        : refuse(`must be one of ${field.values.join(', ')}`);
    case 'uuid':
      return typeof given === 'string' && UUID.test(given) ? given.toLowerCase() : refuse('must be a UUID');
    case 'boolean':
      if (given === true || given === 'true') return true;
      return given === false || given === 'false' ? false : refuse('must be true or false');
    case 'number': {
      const number = typeof given === 'string' && NUMBER.test(given) ? Number(given) : given;
      return typeof number === 'number' && Number.isFinite(number) ? number : refuse('must be a number');
    }
    case 'money': {
      const text = typeof given === 'number' ? String(given) : given;
      return typeof text === 'string' && DECIMAL.test(text)
        ? text
        : refuse('must be a plain decimal number like 99.90');
    }
    default: {
      const example =
        field.type === 'date' ? '2026-01-15 or today-7d' : '2026-01-15, 2026-01-15T10:30:00Z, now-12h or today-7d';
      return isMoment(given, field.type) ? given : refuse(`must be a time like ${example}`);
    }
  }
}
