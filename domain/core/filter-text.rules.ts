import { AppError } from './errors.ts';
import type { Filter } from './filter.rules.ts';
import { VALUE_COUNT } from './filter-ops.rules.ts';

export const FILTER_LIMITS = { depth: 8, nodes: 100, values: 500, characters: 8_000 } as const;

const HINT = "Write and(eq(channel,call),gte(amount,100)); quote values that hold , ( ) or ' like 'it''s'.";

/**
 * The compact form of a query string → a tree that `checkFilter` then checks:
 * `eq(channel,call),or(within_last(started_at,30d),is_null(ended_at)),has(activities,eq(type,call))`.
 * Several conditions side by side are an `and`. Text that begins with `{` is the tree itself, as JSON.
 * @throws AppError validation `INVALID_FILTER`.
 */
export function parseFilterText(text: string, path = 'filter'): unknown {
  const refuse = (message: string): AppError =>
    new AppError('validation', 'INVALID_FILTER', message, { issues: [{ field: path, message }], hint: HINT });
  if (text.length > FILTER_LIMITS.characters) throw refuse(`has more than ${FILTER_LIMITS.characters} characters`);
  if (text.trim() === '') throw refuse('is empty');
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      throw refuse('is not valid JSON');
    }
  }
  const parts = parse(text, refuse);
  const trees = parts.map((part) => treeOf(part, refuse));
  return trees.length === 1 ? trees[0] : { and: trees };
}

/** A value, or a name with what stands in its parentheses. */
type Part = string | { readonly call: string; readonly parts: readonly Part[] };
type Refuse = (message: string) => AppError;

function parse(text: string, refuse: Refuse): Part[] {
  let at = 0;
  const skipSpaces = () => {
    while (text[at] === ' ') at++;
  };

  function list(depth: number): Part[] {
    if (depth > 2 * FILTER_LIMITS.depth) throw refuse(`is nested deeper than ${FILTER_LIMITS.depth} levels`);
    const parts = [part(depth)];
    while (text[at] === ',') {
      at++;
      parts.push(part(depth));
    }
    return parts;
  }

  function part(depth: number): Part {
    skipSpaces();
    if (text[at] === "'") return quoted();
    const from = at;
    while (at < text.length && !",()'".includes(text[at]!)) at++;
    const word = text.slice(from, at).trim();
    if (text[at] !== '(') return word;
    at++;
    skipSpaces();
    const parts = text[at] === ')' ? [] : list(depth + 1);
    if (text[at] !== ')') throw refuse(`has no closing parenthesis for ${word.slice(0, 40)}( before position ${at}`);
    at++;
    skipSpaces();
    return { call: word, parts };
  }

  function quoted(): string {
    const from = at;
    let value = '';
    for (at++; at < text.length; at++) {
      if (text[at] !== "'") value += text[at];
      else if (text[at + 1] === "'") value += text[at++];
      else {
        at++;
        skipSpaces();
        return value;
      }
    }
    throw refuse(`has a quote at position ${from} that is not closed`);
  }

  const parts = list(0);
  if (at < text.length) throw refuse(`has something unexpected at position ${at}`);
  return parts;
}

function treeOf(part: Part, refuse: Refuse): unknown {
  if (typeof part === 'string') {
    throw refuse(`needs an operator with parentheses instead of "${part.slice(0, 40)}", like eq(channel,call)`);
  }
  const { call, parts } = part;
  if (call === 'and' || call === 'or') return { [call]: parts.map((inner) => treeOf(inner, refuse)) };
  if (call === 'not') {
    if (parts.length !== 1) throw refuse('needs exactly one condition in not(…)');
    return { not: treeOf(parts[0]!, refuse) };
  }
  const [field, ...rest] = parts;
  if (typeof field !== 'string' || field === '') throw refuse(`needs a field first in ${call.slice(0, 40)}(…)`);
  if (call === 'has' || call === 'has_none' || call === 'has_at_least') {
    const atLeast = call === 'has_at_least' ? rest.shift() : undefined;
    if (rest.length > 1) throw refuse(`needs one condition in ${call}(…); join several with and(…)`);
    return {
      field,
      op: call === 'has_none' ? 'has_none' : 'has',
      ...(call === 'has_at_least' ? { atLeast } : {}),
      ...(rest.length === 1 ? { where: treeOf(rest[0]!, refuse) } : {}),
    };
  }
  const values = rest.map((value) => {
    if (typeof value !== 'string') throw refuse(`needs values, not conditions, in ${call.slice(0, 40)}(${field}, …)`);
    return value;
  });
  const count = Object.hasOwn(VALUE_COUNT, call) ? VALUE_COUNT[call as keyof typeof VALUE_COUNT] : 'one';
  if (count === 'many' || count === 'two') return { field, op: call, value: values };
  if (values.length > 1) throw refuse(`has more than one value in ${call.slice(0, 40)}(${field}, …)`);
  return values.length === 0 ? { field, op: call } : { field, op: call, value: values[0] };
}

/** The compact form of a filter; reading it again gives the same filter. */
export function formatFilter(filter: Filter): string {
  if ('and' in filter) return `and(${filter.and.map(formatFilter).join(',')})`;
  if ('or' in filter) return `or(${filter.or.map(formatFilter).join(',')})`;
  if ('not' in filter) return `not(${formatFilter(filter.not)})`;
  const parts = [filter.field];
  let call: string = filter.op;
  if ('atLeast' in filter && filter.atLeast !== undefined) {
    call = 'has_at_least';
    parts.push(String(filter.atLeast));
  }
  if ('where' in filter && filter.where) parts.push(formatFilter(filter.where));
  if ('value' in filter && filter.value !== undefined)
    parts.push(...[filter.value].flat().map((value) => quote(String(value))));
  return `${call}(${parts.join(',')})`;
}

const quote = (value: string): string =>
  value === '' || value !== value.trim() || /[,()']/.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
