import { type JsonSchema, wireName } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import { onWire } from './content.ts';
import { bodySchemaOf, branchesOf, type Field, fieldsOf, replaced } from './schema-values.ts';

import { querySchemaOf, type Wrong } from './wrong-values.ts';

/** Texts that some layer below might take for something else. */
const ODD_TEXTS = [
  `'; drop table organizations; --`,
  `%_\\' || pg_sleep(3) || $1 {{7*7}} \${7*7}`,
  '\u202e\ud83d\ude80\ufeff\u200b=1+1',
];
const EXTREME_TIMES = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '2024-02-29T12:00:00+14:00'];
const EXTREME_DAYS = ['0001-01-01', '9999-12-31'];

/** Bodies that the schema takes, at its very edges: whatever they are answered with, it is no 5xx. */
export function extremeBodies(endpoint: Endpoint, base: unknown): Wrong[] {
  const schema = bodySchemaOf(endpoint);
  if (!schema || endpoint.bodyKind === 'upload') return [];
  // Nothing to change is a change, too.
  const nothing = endpoint.body?.safeParse({}).success === true ? [{ what: 'no field at all', text: '{}' }] : [];
  const atTheEdge = fieldsOf(schema, base ?? {})
    .filter(({ path }) => path.length > 0)
    .flatMap((field) =>
      extremes(field).map((value) => ({
        what: `${field.path.join('.')} = ${JSON.stringify(value)?.slice(0, 60)}`,
        text: JSON.stringify(onWire(endpoint, replaced(base ?? {}, field.path, value))),
      })),
    );
  return [...nothing, ...atTheEdge];
}

/** Query strings that the schema takes, each with one parameter at its edge. */
export function extremeQueries(endpoint: Endpoint): Wrong[] {
  const schema = querySchemaOf(endpoint);
  return Object.entries(schema?.properties ?? {}).flatMap(([name, node]) =>
    extremes({ path: [name], value: undefined, branches: branchesOf(schema!, node as JsonSchema) })
      .filter((value) => typeof value !== 'object')
      .map((value) => {
        const text = `${wireName(endpoint.face, name)}=${encodeURIComponent(String(value))}`;
        return { what: `?${text.slice(0, 80)}`, text };
      }),
  );
}

function extremes({ branches, value }: Field): unknown[] {
  const branch = branches.find(({ type }) => type !== 'null');
  if (!branch || branch.enum || branch.const !== undefined) return [];
  if (branch['x-money'] === true) return ['999999999999999999.999999999999', '-0', '0.000000000001'];
  if (branch.type === 'string') return texts(branch);
  if (branch.type === 'integer' || branch.type === 'number') return numbers(branch);
  if (branch.type === 'array') return lists(branch, value);
  const isFreeForm = branch.type === 'object' && !branch.properties;
  return isFreeForm ? [{ '': '', "a'b": [null, { 'ключ\u202e': 5e-324 }], 'a.b': -0 }] : [];
}

function texts({ format, pattern, maxLength }: JsonSchema): unknown[] {
  if (format === 'date-time') return EXTREME_TIMES;
  if (format === 'date') return EXTREME_DAYS;
  if (pattern || format) return [];
  const most = maxLength ?? 20_000;
  const longest = '\ud83d\ude80'.repeat(Math.floor(Math.min(most, 20_000) / 2));
  return [...ODD_TEXTS.filter(({ length }) => length <= most), longest];
}

function numbers({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): unknown[] {
  const least = minimum ?? (exclusiveMinimum === undefined ? -Number.MAX_VALUE : undefined);
  const most = maximum ?? (exclusiveMaximum === undefined ? Number.MAX_VALUE : undefined);
  const found = [least, most].filter((bound) => bound !== undefined);
  if (type === 'integer') return found.filter((bound) => Number.isSafeInteger(bound));
  return [...found, ...(least === undefined || least <= 0 ? [-0, 5e-324] : [])];
}

function lists({ maxItems }: JsonSchema, value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  const most = Math.min(maxItems ?? 1_000, 1_000);
  return [Array.from({ length: most }, () => value[0])];
}
