/** The parts of an OpenAPI 3.1 document that types are made of. */
export interface Schema {
  readonly [keyword: string]: unknown;
}
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema?: Schema }>>;
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const PLACES = ['query', 'header', 'path', 'cookie'] as const;
const HELPERS = `interface NoParameters {
${PLACES.map((place) => `  ${place}?: never;\n`).join('')}}
interface Refused<E> {
  headers: Record<string, unknown>;
  content: { 'application/json': E };
}

`;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

const key = (name: string): string => (IDENTIFIER.test(name) ? name : JSON.stringify(name));
const comment = (text: unknown, pad: string): string =>
  typeof text === 'string' && text !== ''
    ? `${pad}/** ${text.replaceAll('*/', '*\\/').replaceAll(/\s*\n+\s*/g, ' ')} */\n`
    : '';
const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');
const grouped = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type);

/** TypeScript for one schema. A keyword that narrows values without changing their type is for the server to check. */
export function typeOf(schema: Schema, pad = ''): string {
  const { $ref, anyOf, oneOf, allOf, type } = schema as {
    $ref?: string;
    anyOf?: Schema[];
    oneOf?: Schema[];
    allOf?: Schema[];
    type?: string | string[];
  };
  if ($ref) return refOf($ref);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)));
  const several = anyOf ?? oneOf;
  if (several) return union(several.map((one) => typeOf(one, pad)));
  if (allOf) return allOf.map((one) => grouped(typeOf(one, pad))).join(' & ');
  const types = type === undefined ? [] : Array.isArray(type) ? type : [type];
  if (types.length === 0) return schema.properties ? objectOf(schema, pad) : 'unknown';
  return union(types.map((one) => namedType(one, schema, pad)));
}

function namedType(type: string, schema: Schema, pad: string): string {
  if (type === 'string') return schema.contentMediaType === 'application/octet-stream' ? 'Blob' : 'string';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean' || type === 'null') return type;
  if (type === 'array') return arrayOf(schema, pad);
  if (type === 'object') return objectOf(schema, pad);
  throw new Error(`The client knows no type for schemas of type ${type}; teach it in dev/client-types.ts.`);
}

function arrayOf(schema: Schema, pad: string): string {
  const first = schema.prefixItems as Schema[] | undefined;
  if (first) return `[${first.map((item) => typeOf(item, pad)).join(', ')}]`;
  return `${grouped(typeOf((schema.items ?? {}) as Schema, pad))}[]`;
}

function objectOf(schema: Schema, pad: string): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const required = new Set(schema.required as string[] | undefined);
  const rest = schema.additionalProperties;
  const open = typeof rest === 'object' ? `Record<string, ${typeOf(rest as Schema, pad)}>` : 'Record<string, unknown>';
  if (properties.length === 0) return rest === false ? 'Record<string, never>' : open;
  const inner = `${pad}  `;
  const lines = properties.map(
    ([name, value]) =>
      `${comment(value.description, inner)}${inner}${key(name)}${required.has(name) ? '' : '?'}: ${typeOf(value, inner)};\n`,
  );
  const closed = `{\n${lines.join('')}${pad}}`;
  return typeof rest === 'object' ? `${closed} & ${open}` : closed;
}

function refOf(ref: string): string {
  const name = /^#\/components\/schemas\/(.+)$/.exec(ref)?.[1];
  if (!name) throw new Error(`The client cannot follow ${ref}.`);
  return `components['schemas'][${JSON.stringify(name)}]`;
}

function contentOf(content: Content | undefined, pad: string): string {
  if (!content || Object.keys(content).length === 0) return `${pad}content?: never;\n`;
  const kinds = Object.entries(content).map(
    ([media, { schema }]) => `${pad}  ${key(media)}: ${typeOf(schema ?? {}, `${pad}  `)};\n`,
  );
  return `${pad}content: {\n${kinds.join('')}${pad}};\n`;
}

function parametersOf(all: readonly Parameter[], pad: string): string {
  if (all.length === 0) return `${pad}parameters: NoParameters;\n`;
  const places = PLACES.map((place) => {
    const here = all.filter((parameter) => parameter.in === place);
    if (here.length === 0) return `${pad}  ${place}?: never;\n`;
    const lines = here.map(
      ({ name, required, schema, description }) =>
        `${comment(description ?? schema.description, `${pad}    `)}${pad}    ${key(name)}${required ? '' : '?'}: ${typeOf(schema, `${pad}    `)};\n`,
    );
    return `${pad}  ${place}${here.some(({ required }) => required) ? '' : '?'}: {\n${lines.join('')}${pad}  };\n`;
  });
  return `${pad}parameters: {\n${places.join('')}${pad}};\n`;
}

function responseOf(status: string, content: Content | undefined, pad: string): string {
  const error = Object.keys(content ?? {}).length === 1 ? content?.['application/json']?.schema?.$ref : undefined;
  if (typeof error === 'string' && !status.startsWith('2')) return `${pad}  ${status}: Refused<${refOf(error)}>;\n`;
  return `${pad}  ${status}: {\n${pad}    headers: Record<string, unknown>;\n${contentOf(content, `${pad}    `)}${pad}  };\n`;
}

function operationOf(document: OpenApiDocument, operation: Operation, pad: string): string {
  const parameters = (operation.parameters ?? []).map((one) => {
    if (!one.$ref) return one;
    const found = document.components.parameters[one.$ref.replace('#/components/parameters/', '')];
    if (!found) throw new Error(`The document has no parameter ${one.$ref}.`);
    return found;
  });
  const body = operation.requestBody;
  const responses = Object.entries(operation.responses).map(([status, { content }]) =>
    responseOf(status, content, pad),
  );
  return [
    parametersOf(parameters, pad),
    body
      ? `${pad}requestBody${body.required ? '' : '?'}: {\n${contentOf(body.content, `${pad}  `)}${pad}};\n`
      : `${pad}requestBody?: never;\n`,
    `${pad}responses: {\n${responses.join('')}${pad}};\n`,
  ].join('');
}

/** The types `paths` and `components` in the form that `openapi-fetch` reads; one document always gives one text. */
export function clientTypes(document: OpenApiDocument): string {
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    const methods = METHODS.map((method) => {
      const operation = operations[method];
      if (!operation) return `    ${method}?: never;\n`;
      const about = comment([operation.summary, operation.description].filter(Boolean).join('. '), '    ');
      return `${about}    ${method}: {\n${operationOf(document, operation, '      ')}    };\n`;
    });
    return `  ${key(path)}: {\n${parametersOf([], '    ')}${methods.join('')}  };\n`;
  });
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${comment(schema.description, '    ')}    ${key(name)}: ${typeOf(schema, '    ')};\n`,
  );
  return [
    '// Generated from openapi.json by `npm run client`; do not edit.\n\n',
    HELPERS,
    `export interface paths {\n${paths.join('')}}\n\n`,
    `export interface components {\n  schemas: {\n${schemas.join('')}  };\n}\n`,
  ].join('');
}
