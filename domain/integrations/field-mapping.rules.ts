import type { Fields, Scalar } from './adapter.port.ts';
import type { StreamDirection } from './provider.rules.ts';

export const SIMPLE_TRANSFORMS = ['trim', 'lowercase', 'uppercase', 'number', 'day', 'text'] as const;
export type SimpleTransform = (typeof SIMPLE_TRANSFORMS)[number];

/** `map`: their value → our value; one-to-one when the field travels both ways. */
export type Transform =
  | { readonly kind: SimpleTransform }
  | { readonly kind: 'map'; readonly values: Readonly<Record<string, Scalar>> }
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
    if (transform?.kind === 'map' && mapping.direction !== 'in') {
      const values = Object.values(transform.values).map(String);
      if (new Set(values).size < values.length) add('transform', 'must be one-to-one to travel back');
    }
  }
  return issues;
}

/** Their record in our names, to be compared with ours: also what only travels out. What they did not send is absent. */
export function toLocal(remote: Fields, mappings: readonly FieldMapping[]): Fields {
  const entries = mappings.flatMap(({ local, remote: name, transform }): [string, Scalar][] =>
    remote[name] === undefined ? [] : [[local, inward(remote[name], transform)]],
  );
  return Object.fromEntries(entries);
}

/** Our record in their names: what travels out of the given fields. */
export function toRemote(local: Fields, mappings: readonly FieldMapping[]): Fields {
  const entries = mappings.flatMap(({ local: name, remote, direction, transform }): [string, Scalar][] =>
    direction === 'in' || local[name] === undefined ? [] : [[remote, outward(local[name], transform)]],
  );
  return Object.fromEntries(entries);
}

function inward(value: Scalar, transform: Transform | undefined): Scalar {
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
      return transform.values[text] ?? null;
    default:
      return text;
  }
}

function outward(value: Scalar, transform: Transform | undefined): Scalar {
  if (transform?.kind !== 'map' || value === null) return value;
  return Object.entries(transform.values).find(([, ours]) => String(ours) === String(value))?.[0] ?? null;
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
      local[mapping.local] === null && remote[mapping.remote] !== null && remote[mapping.remote] !== ''
        ? [mapping.local]
        : [],
    );
    return { remote, local, lost };
  });
}
