import { escapeHtml } from '../platform/mail.rules.ts';

/** A value of a variable; objects and lists are no text and count as missing. */
export type TemplateValues = Readonly<Record<string, unknown>>;

export interface TemplateVariable {
  readonly name: string;
  readonly description?: string | undefined;
  readonly default?: string | undefined;
}

/** What happens to a place without a value: the rendering is refused, the place is blank, or it stays as it is written. */
export const MISSING_POLICIES = ['refuse', 'blank', 'keep'] as const;
export type MissingPolicy = (typeof MISSING_POLICIES)[number];

export interface TemplateSource {
  readonly subject: string;
  readonly html: string;
  readonly text: string | null;
}

export interface Rendered extends TemplateSource {
  /** Names without a value and without a default, in the order in which they stand. */
  readonly missing: readonly string[];
  /** Names for which a default was taken. */
  readonly defaulted: readonly string[];
}

/** `{{firstName}}`, `{{ deal.close_date }}`, `{{firstName | default: "there"}}`, `{{firstName | there}}`. */
const PLACE = /\{\{\s*([\p{L}_][\p{L}\p{N}_.-]{0,99})\s*(?:\|\s*(?:default\s*:\s*)?([^{}]{0,200}?)\s*)?\}\}/gu;
/** Braces that are no place: a spelling mistake that would go out as it is. */
const STRAY = /\{\{(?!\s*[\p{L}_][\p{L}\p{N}_.-]{0,99}\s*(?:\|[^{}]{0,220})?\}\})/u;

export interface RenderOptions {
  readonly variables?: readonly TemplateVariable[];
  readonly missing: MissingPolicy;
}

/** Fills subject, HTML (escaped) and text with the values. Pure: the same values give the same words. */
export function renderTemplate(source: TemplateSource, values: TemplateValues, options: RenderOptions): Rendered {
  const missing = new Set<string>();
  const defaulted = new Set<string>();
  const declared = new Map((options.variables ?? []).map((one) => [one.name, one.default]));
  const fill = (text: string, encode: (value: string) => string): string =>
    text.replace(PLACE, (place, name: string, inline: string | undefined) => {
      const value = textOf(valueAt(values, name));
      if (value !== null) return encode(value);
      const fallback = inline === undefined ? defaultOf(declared, name) : unquoted(inline);
      if (fallback !== undefined) {
        defaulted.add(name);
        return encode(fallback);
      }
      missing.add(name);
      return options.missing === 'blank' ? '' : place;
    });
  const same = (value: string) => value;
  return {
    subject: fill(source.subject, same),
    html: fill(source.html, escapeHtml),
    text: source.text === null ? null : fill(source.text, same),
    missing: [...missing],
    defaulted: [...defaulted],
  };
}

/** Every name that a template asks for, in the order in which they stand. */
export function placesOf(source: TemplateSource): string[] {
  const all = [source.subject, source.html, source.text ?? ''].flatMap((text) =>
    [...text.matchAll(PLACE)].map((match) => match[1]!),
  );
  return [...new Set(all)];
}

/** The fields whose braces are no place. */
export const strayBraces = (source: TemplateSource): ('subject' | 'html' | 'text')[] =>
  (['subject', 'html', 'text'] as const).filter((field) => STRAY.test(source[field] ?? ''));

const unquoted = (text: string): string => /^(["'])(.*)\1$/su.exec(text)?.[2] ?? text;

function defaultOf(declared: ReadonlyMap<string, string | undefined>, name: string): string | undefined {
  return declared.get(name) ?? declared.get(camelOf(name)) ?? declared.get(snakeOf(name));
}

/** A path as it is written, or in the other casing: `{{deal.close_date}}` finds `deal.closeDate`, and the other way round. */
function valueAt(values: TemplateValues, path: string): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  let value: unknown = values;
  for (const segment of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    const holder = value as Record<string, unknown>;
    const key = [segment, camelOf(segment), snakeOf(segment)].find((name) => Object.hasOwn(holder, name));
    if (key === undefined) return undefined;
    value = holder[key];
  }
  return value;
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return null;
}

const camelOf = (name: string): string =>
  name.replace(/_([\p{L}\p{N}])/gu, (_, letter: string) => letter.toUpperCase());
const snakeOf = (name: string): string => name.replace(/\p{Lu}/gu, (letter) => `_${letter.toLowerCase()}`);
