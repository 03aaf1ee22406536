/**
 * A request example that documentation shows and walking suites send to a fresh organization, in camelCase like the
 * schemas. Texts may hold placeholders (below): `{{createVendor.id}}` is a value of the answer of an operation,
 * which is then driven first by its own example; `{{unique}}` differs in every walk.
 */
export interface EndpointExample {
  readonly name: string;
  /** Only those that no POST of the collection creates: `/vendors/{id}` is resolved by driving `POST /vendors`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The operation whose answer signs the request in (`token`, `organization`), where a key is no person. */
  readonly as?: string;
  /** With `bodyKind: 'upload'` or `'parts'`; `body` then holds the other fields of the form. */
  readonly file?: { readonly name: string; readonly mediaType: string; readonly content: string };
  /** What else has to have happened, in this order; what a placeholder or a parameter names happens by itself. */
  readonly after?: readonly (string | ExampleStep)[];
}

export interface ExampleStep {
  readonly operation: string;
  /** Name of one of its examples; default: the first. */
  readonly example?: string;
  /** Repeated until its answer holds these values: for what a process does meanwhile. */
  readonly until?: Readonly<Record<string, unknown>>;
}

/** The read that shows a write. */
export interface ShownBy {
  readonly operation: string;
  /** As in an example; the write itself, where it signs in. Default: as the write was sent. */
  readonly as?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Values that its answer holds afterwards, by dotted path; default: the new id, or anything that has changed. */
  readonly shows?: Readonly<Record<string, unknown>>;
  /** The status with which it answers afterwards, where that alone shows the write. */
  readonly answers?: number;
  /** A worker does it: the read is repeated for a while. */
  readonly eventually?: boolean;
}

/**
 * Placeholders in the texts of examples:
 * `{{createVendor.id}}`                    a value of the answer of an operation, by dotted path in camelCase
 * `{{ingestInteraction[An e-mail].id}}`    of the operation's example with that name
 * `{{listOutbox.0.text~token=([\w-]+)}}`  the first group of a pattern in that value: what stands in a mail alone
 * `{{createUser.email|ada@example.com}}`   with the value that documentation shows instead (ids need none)
 * `{{unique}}`                             a short word that differs in every walk
 * `{{receiver|https://example.com/hook}}`  a server that takes webhooks, where the walk has one
 */
const PLACEHOLDER = /\{\{\s*(\w+)(?:\[([^\]]+)\])?(?:\.([\w.]+))?(?:~([^|}]+))?(?:\|([^}]*))?\s*\}\}/g;

/** What a walk knows by itself. */
export const GIVEN: ReadonlySet<string> = new Set(['unique', 'receiver']);

export interface Placeholder {
  /** The operation, or one of `GIVEN`. */
  readonly operation: string;
  readonly example: string | undefined;
  readonly path: string | undefined;
  readonly pattern: string | undefined;
  readonly shown: string | undefined;
}

/** A placeholder that is the whole text may stand for a value of any type; within a text it stands for text. */
export function fill(value: unknown, resolve: (placeholder: Placeholder) => unknown): unknown {
  if (typeof value === 'string') return fillText(value, resolve);
  if (Array.isArray(value)) return value.map((item) => fill(item, resolve));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, resolve)]));
}

function fillText(text: string, resolve: (placeholder: Placeholder) => unknown): unknown {
  const found = [...text.matchAll(PLACEHOLDER)];
  if (found.length === 1 && found[0]![0] === text) return resolve(toPlaceholder(found[0]!));
  return text.replaceAll(PLACEHOLDER, (...match) =>
    String(resolve(toPlaceholder(match as unknown as RegExpMatchArray))),
  );
}

const toPlaceholder = ([, operation, example, path, pattern, shown]: RegExpMatchArray): Placeholder => ({
  operation: operation!,
  example,
  path,
  pattern,
  shown,
});

export function placeholdersOf(value: unknown): Placeholder[] {
  const found: Placeholder[] = [];
  fill(value, (placeholder) => found.push(placeholder));
  return found;
}

const SAMPLE_ID = '0198c0de-0000-7000-8000-000000000001';

/** The example as a reader sees it: every placeholder replaced by a value that looks like its own. */
export const documented = (value: unknown): unknown => fill(value, shownValue);

function shownValue({ operation, path, shown }: Placeholder): unknown {
  if (shown !== undefined) return shown;
  if (operation === 'unique') return '1';
  const name = path?.split('.').at(-1) ?? '';
  return /^id$|Id$/.test(name) ? SAMPLE_ID : name;
}
