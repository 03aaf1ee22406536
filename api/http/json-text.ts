/** A number whose digits may matter, before the schema has said whether they do. */
export class SourceNumber {
  readonly value: number;
  readonly source: string;
  constructor(value: number, source: string) {
    this.value = value;
    this.source = source;
  }
}

/** Escapes (NUL, half surrogates, disguised names) and names that reach prototypes. */
const SUSPICIOUS = ['\\u', '__proto__', 'constructor', 'prototype'];
export const isSuspicious = (text: string): boolean => SUSPICIOUS.some((part) => text.includes(part));

/** Those of the names that may occur as keys. Only for a text without escapes, where a key stands as it is. */
export function namesIn(text: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const found = [...names].filter((name) => text.includes(`"${name}"`));
  return found.length === names.size ? names : new Set(found);
}

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
  /** A number may be beyond a double, or lose digits in one. */
  readonly largeNumber: boolean;
}

/** One pass over the text, strings skipped. Does not validate: the parser does. */
export function scanJson(text: string): JsonScan {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let digits = 0;
  let largeNumber = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      if (++digits === 16) largeNumber = true;
      continue;
    }
    if (code === 34) i = endOfString(text, i);
    else if (code === 123 || code === 91) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth--;
    else if (code === 58) members++;
    else if ((code === 101 || code === 69) && digits > 0) largeNumber = true;
    digits = 0;
  }
  return { depth: deepest, members, largeNumber };
}

/** Jumps from quote to quote; one with an odd number of backslashes before it belongs to the string. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === 92) first--;
    if ((end - first) % 2 === 0) return end;
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
