import { z } from 'zod';
import { AppError } from '../../domain/core/errors.ts';
import { checkFilter, type Filter, type FilterFields, readFilter } from '../../domain/core/filter.rules.ts';
import { readSort, type SortKey, sortableFields } from '../../domain/core/sort.rules.ts';
import { wireName } from './casing.ts';
import type { Face } from './endpoint.ts';

const spelling = (face: Face) => (name: string) => (name.startsWith('custom.') ? name : wireName(face, name));

/** Hands the issues of a domain check to zod, below the parameter's own name. */
function checked<T>(context: z.core.$RefinementCtx, input: unknown, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const { field, message } of error.extras.issues ?? []) {
      context.issues.push({ code: 'custom', message, input, path: field.split('.').slice(1) });
    }
    return z.NEVER;
  }
}

/** `filter=` of a list: the compact text or the tree as JSON, checked against the allow-list. */
export const filterQuery = (fields: FilterFields, face: Face) =>
  z
    .string()
    .transform(
      (text, context): Filter =>
        checked(context, text, () => readFilter(fields, text, { names: face === 'a' ? 'snake' : 'camel' })),
    )
    .optional()
    .describe(
      `Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. ${fieldList(fields, face)}`,
    );

/** A filter in a JSON body. */
export const filterBody = (fields: FilterFields, face: Face) =>
  z
    .record(z.string(), z.unknown())
    .transform(
      (tree, context): Filter =>
        checked(context, tree, () => checkFilter(fields, tree, { names: face === 'a' ? 'snake' : 'camel' })),
    )
    .describe(
      `A tree of {"and": […]}, {"or": […]}, {"not": …} and {"field", "op", "value"}. ${fieldList(fields, face)}`,
    );

const fieldList = (fields: FilterFields, face: Face): string =>
  `Fields: ${Object.entries(fields)
    .map(([name, { type }]) => `${spelling(face)(name)} (${type})`)
    .join(', ')}.`;

/** `sort=-created_at,name` from the same allow-list. @param fallback in the face's casing */
export const sortQuery = (fields: FilterFields, face: Face, fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context): SortKey[] => checked(context, text, () => readSort(fields, text, spelling(face))))
    .describe(`One or more of ${sortableFields(fields).map(spelling(face)).join(', ')}; - in front for descending.`);

/** `q=`: every word must stand in one of the searchable texts. */
export const searchQuery = () => z.string().trim().max(200, 'must have at most 200 characters').optional();
