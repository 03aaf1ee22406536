import { z } from 'zod';
import { type Endpoint, type Method, PREFIX } from './endpoint.ts';

export const fullPath = (endpoint: Pick<Endpoint, 'face' | 'path'>): string =>
  `${PREFIX[endpoint.face]}${endpoint.path}`;

const isParameter = (segment: string): boolean => segment.startsWith('{');

const METHOD_ORDER: readonly Method[] = ['get', 'post', 'put', 'delete'];

/** Static segments before parameters, so that `/runs/latest` is never read as `/runs/{runId}`. */
export function inRoutingOrder(endpoints: readonly Endpoint[]): Endpoint[] {
  const rank = (endpoint: Endpoint) => {
    const segments = fullPath(endpoint).split('/');
    const path = segments.map((segment) => (isParameter(segment) ? '1' : `0${segment}`)).join('/');
    return `${path} ${METHOD_ORDER.indexOf(endpoint.method)}`;
  };
  return endpoints.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

/** One sentence per endpoint that could never be reached, or not for certain. Empty when all is well. */
export function routeProblems(endpoints: readonly Endpoint[]): string[] {
  const problems: string[] = [];
  const operationIds = new Set<string>();
  for (const [index, endpoint] of endpoints.entries()) {
    const path = fullPath(endpoint);
    if (operationIds.has(endpoint.operationId)) problems.push(`The operationId ${endpoint.operationId} is used twice.`);
    operationIds.add(endpoint.operationId);
    if (!/^(\/([a-z0-9]+(-[a-z0-9]+)*|\{[a-z][A-Za-z0-9]*\}))+$/.test(endpoint.path)) {
      problems.push(
        `${endpoint.operationId}: "${endpoint.path}" is not a path of kebab-case words and {camelCase} parameters.`,
      );
    }
    for (const other of endpoints.slice(index + 1)) {
      if (other.method !== endpoint.method) continue;
      const relation = compare(endpoint, other);
      if (relation === 'same')
        problems.push(`${endpoint.operationId} and ${other.operationId} have the same path ${path}.`);
      if (relation === 'crossing') {
        problems.push(`${path} and ${fullPath(other)} both match some paths and neither is the more exact one.`);
      }
    }
  }
  return problems;
}

function compare(one: Endpoint, other: Endpoint): 'apart' | 'same' | 'nested' | 'crossing' {
  const a = fullPath(one).split('/');
  const b = fullPath(other).split('/');
  if (a.length !== b.length) return 'apart';
  let aIsNarrower = false;
  let bIsNarrower = false;
  for (const [index, left] of a.entries()) {
    const right = b[index]!;
    if (!isParameter(left) && !isParameter(right) && left !== right) return 'apart';
    if (isParameter(left) && refuses(one, left, right)) return 'apart';
    if (isParameter(right) && refuses(other, right, left)) return 'apart';
    if (!isParameter(left) && isParameter(right)) aIsNarrower = true;
    if (isParameter(left) && !isParameter(right)) bIsNarrower = true;
  }
  if (aIsNarrower && bIsNarrower) return 'crossing';
  return aIsNarrower || bIsNarrower ? 'nested' : 'same';
}

/** A word that is no value of a parameter: `import` is no id. */
function refuses({ params }: Endpoint, parameter: string, word: string): boolean {
  if (isParameter(word) || !(params instanceof z.ZodObject)) return false;
  const shape = params.shape[parameter.slice(1, -1)] as z.ZodType | undefined;
  return shape !== undefined && !shape.safeParse(word).success;
}

/** The methods under which a concrete path is known, for the hint of a 404. */
export function methodsOf(endpoints: readonly Endpoint[], path: string): string[] {
  const segments = path.split('/');
  const matches = endpoints.filter((endpoint) => {
    const pattern = fullPath(endpoint).split('/');
    const fits = (part: string, i: number) => (isParameter(part) ? segments[i] !== '' : part === segments[i]);
    return pattern.length === segments.length && pattern.every(fits);
  });
  return [...new Set(matches.map((endpoint) => endpoint.method.toUpperCase()))].sort();
}
