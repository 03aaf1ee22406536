import type { z } from 'zod';
import { type AppError, type FieldIssue, invalidAll } from './errors.ts';

/** What zod refused, one issue per field: paths in camelCase, messages that leave the field out. */
export const issuesOf = (
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  whole: 'body' | 'query' | 'params',
): FieldIssue[] => issues.flatMap((issue) => fieldIssues(issue, issue.path, value, whole));

/** A value by a shape, or the refusal that the API would answer. */
export function readShape<S extends z.ZodType>(shape: S, body: unknown): z.output<S> | AppError {
  const result = shape.safeParse(body);
  return result.success ? result.data : invalidAll(issuesOf(result.error.issues, body, 'body'));
}

function fieldIssues(
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
  root: unknown,
  whole: string,
): FieldIssue[] {
  if (issue.code === 'unrecognized_keys') {
    const unknown = whole === 'query' ? 'is not a known parameter' : 'is not a known field';
    return issue.keys.map((key) => ({ field: [...path, key].map(String).join('.'), message: unknown }));
  }
  const refused = valueAt(root, path);
  if (issue.code === 'invalid_union') return unionIssues(issue, path, root, refused, whole);
  const field = path.map(String).join('.') || whole;
  if (refused === undefined && issue.code === 'invalid_type') return [{ field, message: 'is required' }];
  return [{ field, message: plain(issue), value: refused }];
}

/** The branch that came closest speaks for the union: the one whose own type matches the value, then the fewest issues. */
function unionIssues(
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
  root: unknown,
  refused: unknown,
  whole: string,
): FieldIssue[] {
  const isWrongKind = (branch: readonly z.core.$ZodIssue[]) =>
    branch.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type');
  const best = [...issue.errors].sort(
    (a, b) => Number(isWrongKind(a)) - Number(isWrongKind(b)) || a.length - b.length,
  )[0];
  if (!best || best.length === 0 || isWrongKind(best)) {
    return [{ field: path.map(String).join('.') || whole, message: 'has none of the allowed shapes', value: refused }];
  }
  return best.flatMap((inner) => fieldIssues(inner, [...path, ...inner.path], root, whole));
}

function plain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type' && /^Invalid input: expected/.test(issue.message))
    return `must be of type ${issue.expected}`;
  return issue.message.replace(/^(Invalid input: |Too (?:small|big): )(.*)$/, (_, __, rest: string) => rest);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
