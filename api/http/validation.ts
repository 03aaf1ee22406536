import type { z } from 'zod';
import { invalidAll } from '../../domain/core/errors.ts';
import { issuesOf } from '../../domain/core/validation.input.ts';
import { trimIssues } from './faces.ts';

/** Values against a schema. @throws AppError validation with every issue, paths in camelCase. */
export function validate(schema: z.ZodType, value: unknown, whole: 'body' | 'query' | 'params'): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidAll(trimIssues(issuesOf(result.error.issues, value, whole)));
}
