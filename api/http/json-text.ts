/** A number whose digits may matter, before the schema has said whether they do. */
export class SourceNumber {
  readonly value: number;
  readonly source: string;
  constructor(value: number, source: string) {
    this.value = value;
    this.source = source;
  }
}

/** Escapes (NUL, half surrogates, disguised names), names that reach prototypes, numbers beyond a double. */
const SUSPICIOUS = /\\u|__proto__|constructor|prototype|\d{16}|\d[eE]\+?\d/;
export const isSuspicious = (text: string): boolean => SUSPICIOUS.test(text);

type SourceReviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver?: SourceReviver) => unknown;

/** Parses JSON; numbers that could lose digits, and all numbers under `keepDigits` names, come out as `SourceNumber`. */
export function parseJson(text: string, keepDigits: ReadonlySet<string>, suspicious: boolean): unknown {
  if (!suspicious && keepDigits.size === 0) return JSON.parse(text);
  return parseWithSource(text, function revive(key, value, context) {
    if (typeof value !== 'number') return value;
    const kept =
      keepDigits.has(key) || !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
    // Elements of an array carry an index as key; money inside arrays of numbers is not a thing we accept.
    return kept ? new SourceNumber(value, context.source ?? String(value)) : value;
  });
}

export interface JsonScan {
  readonly depth: number;
  /** `key: value` pairs in the text; more than the parsed value holds means a key was given twice. */
  readonly members: number;
}

/** One pass over the text, strings skipped. Does not validate: the parser does. */
export function scanJson(text: string): JsonScan {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
    else if (code === 58) members++;
  }
  return { depth: deepest, members };
}

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return i;
    if (code === 92) i++;
  }
  return text.length;
}

export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof SourceNumber) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countMembers(item), 0);
  const keys = Object.keys(value);
  let count = keys.length;
  for (const key of keys) count += countMembers((value as Record<string, unknown>)[key]);
  return count;
}

/** The first key that one object of this valid JSON text holds twice. */
export function findDuplicateKey(text: string): string | undefined {
  const objects: (Set<string> | undefined)[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 123) objects.push(new Set());
    else if (code === 91) objects.push(undefined);
    else if (code === 125 || code === 93) objects.pop();
    else if (code === 34) {
      const end = endOfString(text, i);
      if (/^\s*:/.test(text.slice(end + 1, end + 20))) {
        const key = JSON.parse(text.slice(i, end + 1)) as string;
        const keys = objects.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      i = end;
    }
  }
  return undefined;
}
