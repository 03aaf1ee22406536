import { type JsonSchema, jsonSchemaOf, wireName } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import { onWire } from './content.ts';
import { bodySchemaOf, branchesOf, type Field, fieldsOf, replaced } from './schema-values.ts';

/** Something that must be refused, whatever the endpoint does. */
export interface Wrong {
  readonly what: string;
  readonly text: string;
}

/** JSON that no JavaScript value can spell, put into the text afterwards. */
const raw = (json: string): string => `@raw ${Buffer.from(json).toString('hex')}@`;
const spellOut = (text: string): string =>
  text.replaceAll(/"@raw ([0-9a-f]*)@"/g, (_, hex: string) => Buffer.from(hex, 'hex').toString());
/** A key that becomes this one in the text, where it then stands twice. */
const again = (name: string): string => raw(JSON.stringify(name));

const NO_OBJECTS = ['null', '7', '"x"', 'true', '{', '{"a":1,}', 'NaN', '\ufeff{}x', '[[', `${'['.repeat(10_000)}`];
const UNKNOWN_KEY = '{"nobody_knows":1}';
const UNKNOWN = ['{"constructor":1}', '{"__proto__":{"admin":true}}', `{"a":${'['.repeat(101)}${']'.repeat(101)}}`];
/** Columns that no caller may set, on endpoints that do not speak of them. */
const NOT_YOURS = [
  'organizationId',
  'tenantId',
  'id',
  'role',
  'isAdmin',
  'permissions',
  'credits',
  'createdAt',
  'version',
  'deletedAt',
];

/** Bodies that break the endpoint's schema in one place each. @param base a body that is right, in camelCase */
export function wrongBodies(endpoint: Endpoint, base: unknown): Wrong[] {
  const schema = bodySchemaOf(endpoint);
  const branches = schema ? branchesOf(schema, schema) : [];
  // Bodies whose shape others decide say so, and keep what they do not know apart from every column.
  const isOpen = branches.some(({ type, additionalProperties }) => type === 'object' && additionalProperties !== false);
  const isFree = isOpen && branches.every(({ properties }) => !properties);
  const found: Wrong[] = [...NO_OBJECTS, ...UNKNOWN, ...(isFree ? [] : [UNKNOWN_KEY])].map((text) => ({
    what: `body ${text.slice(0, 40)}`,
    text,
  }));
  if (!endpoint.bulk) found.push({ what: 'body []', text: '[]' }, { what: 'body [{}]', text: '[{}]' });
  const write = (what: string, body: unknown) =>
    found.push({ what, text: spellOut(JSON.stringify(onWire(endpoint, body))) });
  if (!schema) {
    for (const name of NOT_YOURS)
      found.push({ what: `${name} set`, text: JSON.stringify({ [wireName(endpoint.face, name)]: 1 }) });
    return found;
  }
  const given = base ?? {};
  const known = new Set(branches.flatMap(({ properties }) => Object.keys(properties ?? {})));
  for (const name of NOT_YOURS.filter((one) => !isOpen && !known.has(one))) {
    write(`${name} set`, { ...given, [wireName(endpoint.face, name)]: name === 'isAdmin' ? true : 'admin' });
  }
  for (const field of fieldsOf(schema, given)) {
    const where = field.path.join('.') || 'the body';
    for (const [what, value] of wrongValues(field)) {
      if (field.path.length > 0) write(`${where}: ${what}`, replaced(given, field.path, value));
    }
    for (const [what, value] of wrongObjects(endpoint, field))
      write(`${where}: ${what}`, replaced(given, field.path, value));
  }
  return found;
}

/** Refused for the whole text, not for one row of an array. */
export const KEY_TWICE = 'a key twice';

type Candidate = readonly [what: string, value: unknown];

const OF_TYPE: Readonly<Record<string, unknown>> = {
  string: 'x',
  number: 1.5,
  boolean: true,
  null: null,
  array: [],
  object: {},
};

function wrongValues({ branches, value }: Field): Candidate[] {
  const found: Candidate[] = [
    ['a NUL', 'a\0b'],
    ['half a surrogate pair', '\ud800'],
    ['a number beyond every double', raw('1e400')],
  ];
  const types = new Set(branches.flatMap(typesOf));
  if (types.has('any')) return found;
  for (const [type, wrong] of Object.entries(OF_TYPE)) if (!types.has(type)) found.push([`type ${type}`, wrong]);
  if (!types.has('number') && types.has('integer'))
    found.push(['a fraction', 1.5], ['beyond 2^53', raw('9007199254740993')]);
  const concrete = branches.filter(({ type }) => type !== 'null');
  if (concrete.length === 1) found.push(...outOfRange(concrete[0]!, value));
  return found;
}

function typesOf(branch: JsonSchema): string[] {
  if (branch['x-money'] === true) return ['string', 'number'];
  if (typeof branch.type === 'string') return branch.type === 'integer' ? ['integer'] : [branch.type];
  const choices = branch.enum ?? (branch.const === undefined ? undefined : [branch.const]);
  return choices ? choices.map((choice) => (choice === null ? 'null' : typeof choice)) : ['any'];
}

const NEVER = '~ not it ~';
const MOST_CHARACTERS = 20_000;

function outOfRange(branch: JsonSchema, value: unknown): Candidate[] {
  const found: Candidate[] = [];
  const { enum: choices, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = branch;
  if (choices || branch.const !== undefined) found.push(['none of the choices', NEVER]);
  else if (isRefused(branch, NEVER)) found.push(['another format', NEVER]);
  if (minLength) found.push(['empty', '']);
  if (maxLength !== undefined && maxLength < MOST_CHARACTERS) found.push(['too long', 'x'.repeat(maxLength + 1)]);
  if (minimum !== undefined) found.push(['too small', below(minimum)]);
  if (maximum !== undefined) found.push(['too large', above(maximum)]);
  if (typeof exclusiveMinimum === 'number') found.push(['at its lower bound', exclusiveMinimum]);
  if (typeof exclusiveMaximum === 'number') found.push(['at its upper bound', exclusiveMaximum]);
  if (branch.minItems) found.push(['no items', []]);
  if (branch.maxItems !== undefined && branch.maxItems <= 1_000) {
    const item = Array.isArray(value) && value.length > 0 ? value[0] : 'x';
    found.push(['too many items', Array.from({ length: branch.maxItems + 1 }, () => item)]);
  }
  return found;
}

const below = (bound: number): unknown => (Number.isSafeInteger(bound - 1) ? bound - 1 : raw('-1e300'));
const above = (bound: number): unknown => (Number.isSafeInteger(bound + 1) ? bound + 1 : raw('1e300'));

const isRefused = ({ type, pattern, format }: JsonSchema, text: string): boolean =>
  type === 'string' && (pattern ? !new RegExp(pattern, 'u').test(text) : format !== undefined);

/** What only an object can get wrong. */
function wrongObjects(endpoint: Endpoint, { branches, value }: Field): Candidate[] {
  const objects = branches.filter(({ type }) => type === 'object');
  if (objects.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const found: Candidate[] = [];
  if (objects.every(({ additionalProperties }) => additionalProperties === false)) {
    found.push(['an unknown key', { ...value, nobodyKnows: 1 }]);
  }
  const [key] = Object.keys(value);
  if (key !== undefined) {
    const name = objects[0]!.properties?.[key] ? wireName(endpoint.face, key) : key;
    found.push([KEY_TWICE, { ...value, [again(name)]: (value as Record<string, unknown>)[key] }]);
  }
  for (const name of objects.length === 1 ? (objects[0]!.required ?? []) : []) {
    found.push([`without ${name}`, Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))]);
  }
  return found;
}

/** Texts for one parameter of a query string or one field of a form, percent-encoded. */
export function wrongTexts(schema: JsonSchema, name: string): Wrong[] {
  const branches = branchesOf(schema, schema.properties?.[name] as JsonSchema).flatMap((branch) =>
    branch.type === 'array' ? branchesOf(schema, branch.items as JsonSchema) : [branch],
  );
  const found: Wrong[] = [
    { what: `${name}: a NUL`, text: 'a%00b' },
    { what: `${name}: broken UTF-8`, text: '%ff%fe' },
  ];
  if (branches.length !== 1) return found;
  const branch = branches[0]!;
  const add = (what: string, text: unknown) =>
    found.push({ what: `${name}: ${what}`, text: encodeURIComponent(String(text)) });
  if (branch.type === 'integer' || branch.type === 'number') {
    for (const text of ['x', '1e400', '0x10z', '--1', '9'.repeat(400)]) add(`the number ${text.slice(0, 20)}`, text);
    if (branch.type === 'integer') add('a fraction', '1.5');
    if (branch.minimum !== undefined && Number.isSafeInteger(branch.minimum - 1)) add('too small', branch.minimum - 1);
    if (branch.maximum !== undefined && Number.isSafeInteger(branch.maximum + 1)) add('too large', branch.maximum + 1);
    return found;
  }
  if (branch.enum || branch.const !== undefined || isRefused(branch, NEVER)) add('another format', NEVER);
  if (branch.minLength) add('empty', '');
  if (branch.maxLength !== undefined && branch.maxLength < 4_000) add('too long', 'x'.repeat(branch.maxLength + 1));
  return found;
}

export const querySchemaOf = (endpoint: Endpoint): JsonSchema | undefined =>
  endpoint.query && jsonSchemaOf(endpoint.query);
