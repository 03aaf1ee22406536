import type { Endpoint } from '../../api/http/endpoint.ts';
import type { EndpointExample, ExampleStep } from '../../api/http/examples.ts';
import { GIVEN, placeholdersOf } from '../../api/http/examples.ts';

/** What an endpoint lacks for a suite to drive it; the message says what to add, and where. */
export class PlanError extends Error {
  constructor(endpoint: Pick<Endpoint, 'operationId' | 'method' | 'path'>, problem: string, remedy: string) {
    super(
      `${endpoint.operationId} (${endpoint.method.toUpperCase()} ${endpoint.path}) ${problem}\n` +
        `  To do: ${remedy}\n  How examples work: CONTRIBUTING.md, "An endpoint".`,
    );
    this.name = 'PlanError';
  }
}

export interface Plan {
  operation(id: string, askedBy: Endpoint): Endpoint;
  exampleOf(endpoint: Endpoint, name?: string): EndpointExample;
  /** What has to happen for a path parameter to have a value. */
  sourceOf(endpoint: Endpoint, parameter: string): ParameterSource;
  readonly endpoints: readonly Endpoint[];
}

export type ParameterSource =
  | { readonly kind: 'created'; readonly by: Endpoint }
  /** The example of a neighbour under the same path says it. */
  | { readonly kind: 'text'; readonly text: string; readonly from: Endpoint };

const EMPTY: EndpointExample = { name: 'Without a body' };

export function createPlan(endpoints: readonly Endpoint[]): Plan {
  const byId = new Map(endpoints.map((endpoint) => [endpoint.operationId, endpoint]));

  function sourceOf(endpoint: Endpoint, parameter: string): ParameterSource {
    const here = endpoint.path.slice(0, endpoint.path.indexOf(`{${parameter}}`));
    const collection = here.replace(/\/$/, '');
    const prefix = `${here}{${parameter}}`;
    const neighbours = endpoints.filter(
      (other) => other.face === endpoint.face && (other.path === prefix || other.path.startsWith(`${prefix}/`)),
    );
    const said = neighbours.flatMap((from): ParameterSource[] => {
      const text = from.examples?.[0]?.params?.[parameter];
      return text === undefined ? [] : [{ kind: 'text', text, from }];
    });
    const by = endpoints.find(
      ({ face, method, path }) => face === endpoint.face && method === 'post' && path === collection,
    );
    if (by) return { kind: 'created', by };
    // A number that one endpoint shows is its own; what names an operation holds for all.
    const found = said.find((source) => source.kind === 'text' && source.text.includes('{{')) ?? said[0];
    if (found) return found;
    throw new PlanError(
      endpoint,
      `has the parameter {${parameter}}, and nothing says where its value comes from: there is no POST ${collection}.`,
      `give it, or any endpoint below ${prefix}, an example with params: { ${parameter}: '{{<operationId>.<field of its answer>}}' }.`,
    );
  }

  return {
    endpoints,
    sourceOf,
    operation(id, askedBy) {
      const found = byId.get(id);
      if (found) return found;
      throw new PlanError(askedBy, `names the operation "${id}", which does not exist.`, 'correct its example.');
    },
    exampleOf(endpoint, name) {
      const examples = endpoint.examples ?? [];
      const found = name === undefined ? examples[0] : examples.find((example) => example.name === name);
      if (found) return found;
      if (name !== undefined) {
        throw new PlanError(endpoint, `has no example named "${name}".`, `name one of its examples so.`);
      }
      if (endpoint.bodyKind === 'upload') {
        throw new PlanError(
          endpoint,
          'takes a file and has no example.',
          `add examples: [{ name, body: { … }, file: { name: 'rows.csv', mediaType: 'text/csv', content: '…' } }].`,
        );
      }
      if (endpoint.body && !endpoint.body.safeParse(undefined).success && !endpoint.body.safeParse({}).success) {
        throw new PlanError(
          endpoint,
          'needs a body and has no example.',
          `add examples: [{ name: '…', body: { … } }] in camelCase; '{{createVendor.id}}' stands for an id of another answer.`,
        );
      }
      return EMPTY;
    },
  };
}

export const stepOf = (step: string | ExampleStep): ExampleStep =>
  typeof step === 'string' ? { operation: step } : step;

/** Whether driving the endpoint, or anything that it needs, waits for what a worker does. */
export function needsWorkers(plan: Plan, endpoint: Endpoint, example: EndpointExample | undefined): boolean {
  if ((example?.after ?? []).some((step) => stepOf(step).until)) return true;
  if (endpoint.shownBy !== 'nothing' && endpoint.shownBy?.eventually) return true;
  const needed = new Map<Endpoint, EndpointExample | undefined>();
  const add = (operation: string, name?: string) => {
    const target = plan.operation(operation, endpoint);
    if (target !== endpoint)
      needed.set(target, target.examples?.find((one) => one.name === name) ?? target.examples?.[0]);
  };
  if (example?.as !== undefined) add(example.as);
  for (const step of example?.after ?? []) add(stepOf(step).operation, stepOf(step).example);
  for (const [, name] of endpoint.path.matchAll(/\{(\w+)\}/g)) {
    if (example?.params?.[name!] !== undefined) continue;
    const source = plan.sourceOf(endpoint, name!);
    if (source.kind === 'created') add(source.by.operationId);
    else for (const { operation, example: one } of placeholdersOf(source.text)) add(operation, one);
  }
  for (const { operation, example: one } of placeholdersOf([example?.params, example?.query, example?.body])) {
    if (!GIVEN.has(operation)) add(operation, one);
  }
  return [...needed].some(([target, one]) => needsWorkers(plan, target, one));
}

/** The examples to send, by name; an endpoint without any is sent once. */
export const examplesOf = (endpoint: Endpoint): readonly (EndpointExample | undefined)[] =>
  endpoint.examples && endpoint.examples.length > 0 ? endpoint.examples : [undefined];

export const exampleOrEmpty = (plan: Plan, endpoint: Endpoint, example: EndpointExample | undefined): EndpointExample =>
  example ?? plan.exampleOf(endpoint);

/** What the first group of a pattern finds in a text; without a pattern the value itself. */
export const partOf = (value: unknown, pattern: string | undefined): unknown =>
  pattern === undefined ? value : new RegExp(pattern).exec(String(value))?.[1];

/** `data.config.models.0` of an answer; undefined where there is nothing. */
export function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
