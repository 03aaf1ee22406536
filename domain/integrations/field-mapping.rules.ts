import type { Fields, Scalar } from './adapter.port.ts';
import type { StreamDirection } from './provider.rules.ts';

export const SIMPLE_TRANSFORMS = ['trim', 'lowercase', 'uppercase', 'number', 'day', 'text'] as const;
export type SimpleTransform = (typeof SIMPLE_TRANSFORMS)[number];

/** `map`: their value → our value; it needs the way back (`out`) where several of theirs are one of ours. */
export type Transform =
  | { readonly kind: SimpleTransform }
  | {
      readonly kind: 'map';
      readonly values: Readonly<Record<string, Scalar>>;
      readonly out?: Readonly<Record<string, Scalar>> | undefined;
    }
  | { readonly kind: 'word'; readonly at: 'first' | 'last' };

export interface FieldMapping {
  /** Our field. */
  readonly local: string;
  /** Their field. */
  readonly remote: string;
  readonly direction: StreamDirection;
  readonly transform?: Transform | undefined;
}

export interface MappingIssue {
  readonly index: number;
  readonly field: 'local' | 'remote' | 'direction' | 'transform';
  readonly message: string;
}

/** What is wrong with a mapping; empty when it can be used. */
export function mappingIssues(mappings: readonly FieldMapping[], localFields: ReadonlySet<string>): MappingIssue[] {
  const issues: MappingIssue[] = [];
  const seen = new Map<string, number>();
  for (const [index, mapping] of mappings.entries()) {
    const add = (field: MappingIssue['field'], message: string) => issues.push({ index, field, message });
    if (!localFields.has(mapping.local)) add('local', `is no field of the stream: ${[...localFields].join(', ')}`);
    const written = [`local ${mapping.local}`, ...(mapping.direction === 'in' ? [] : [`remote ${mapping.remote}`])];
    for (const key of written) {
      if (seen.has(key)) add(key.startsWith('local') ? 'local' : 'remote', 'stands in another mapping as well');
      seen.set(key, index);
    }
    const { transform } = mapping;
    if (transform?.kind === 'word' && mapping.direction !== 'in')
      add('direction', 'must be in: a word has no way back');
    if (transform?.kind === 'map' && transform.out === undefined && mapping.direction !== 'in') {
      const values = Object.values(transform.values).map(String);
      if (new Set(values).size < values.length)
        add('transform', 'must be one-to-one to travel back, or say how with out');
    }
  }
  return issues;
}

/**
 * Their record in our names, to be compared with ours: also what only travels out. What they did not send, or nobody has
 * mapped, is absent.
 */
export function toLocal(remote: Fields, mappings: readonly FieldMapping[]): Fields {
  return translated(remote, mappings, ({ local, remote: name, transform }) => [local, name, inward, transform]);
}

/** Our record in their names: what travels out of the given fields. */
export function toRemote(local: Fields, mappings: readonly FieldMapping[]): Fields {
  const travels = mappings.filter(({ direction }) => direction !== 'in');
  return translated(local, travels, ({ local: name, remote, transform }) => [remote, name, outward, transform]);
}

type Read = (value: Scalar, transform: Transform | undefined) => Scalar | undefined;

function translated(
  from: Fields,
  mappings: readonly FieldMapping[],
  way: (mapping: FieldMapping) => [target: string, source: string, read: Read, transform: Transform | undefined],
): Fields {
  const entries = mappings.flatMap((mapping): [string, Scalar][] => {
    const [target, source, read, transform] = way(mapping);
    const given = from[source];
    const value = given === undefined ? undefined : read(given, transform);
    return value === undefined ? [] : [[target, value]];
  });
  return Object.fromEntries(entries);
}

function inward(value: Scalar, transform: Transform | undefined): Scalar | undefined {
  if (value === null || transform === undefined) return value === '' ? null : value;
  const text = String(value).trim();
  if (text === '') return null;
  switch (transform.kind) {
    case 'lowercase':
      return text.toLowerCase();
    case 'uppercase':
      return text.toUpperCase();
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? plainDecimal(text) : null;
    case 'day':
      return /^\d{4}-\d\d-\d\d/.test(text) ? text.slice(0, 10) : null;
    case 'word': {
      const words = text.split(/\s+/);
      return (transform.at === 'first' ? words[0] : words.at(-1)) ?? null;
    }
    case 'map':
      return transform.values[text];
    default:
      return text;
  }
}

function outward(value: Scalar, transform: Transform | undefined): Scalar | undefined {
  if (value === null || transform === undefined) return value;
  if (transform.kind === 'number') return Number(value);
  if (transform.kind !== 'map') return inward(value, transform);
  const text = String(value);
  return transform.out
    ? transform.out[text]
    : Object.entries(transform.values).find(([, ours]) => String(ours) === text)?.[0];
}

/** 5000.00 and 5000 are one number. */
export const plainDecimal = (text: string): string =>
  text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;

export interface MappedSample {
  readonly remote: Fields;
  readonly local: Fields;
  /** Fields whose value was there and could not be read by its transform. */
  readonly lost: readonly string[];
}

/** What would come in, so that a person can look before the first sync. */
export function previewMapping(samples: readonly Fields[], mappings: readonly FieldMapping[]): MappedSample[] {
  return samples.map((remote) => {
    const incoming = mappings.filter(({ direction }) => direction !== 'out');
    const local = toLocal(remote, incoming);
    const lost = incoming.flatMap((mapping) =>
      (local[mapping.local] ?? null) === null && (remote[mapping.remote] ?? '') !== '' ? [mapping.local] : [],
    );
    return { remote, local, lost };
  });
}
