import type { AppError, FieldIssue } from '../../domain/core/errors.ts';
import { snakeCase, wireName } from './casing.ts';
import type { Face } from './endpoint.ts';
import { INTERNAL, statusOf } from './failures.ts';

export interface Pagination {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly pages: number;
}
export interface CursorPagination {
  readonly limit: number;
  readonly nextCursor: string | null;
}

export const paginationOf = (page: number, limit: number, total: number): Pagination => ({
  page,
  limit,
  total,
  pages: Math.ceil(total / limit),
});

/** The success envelope as text; `data` is in the face's casing already. */
export function renderSuccess(
  face: Face,
  data: unknown,
  message: string,
  pagination?: Pagination | CursorPagination,
): string {
  const parts = [`{"data":${JSON.stringify(data) ?? 'null'}`];
  if (pagination) parts.push(`"pagination":${JSON.stringify(face === 'a' ? snakeKeys(pagination) : pagination)}`);
  if (face === 'a') parts.push(`"message":${JSON.stringify(message)}`);
  return `${parts.join(',')}}`;
}

const snakeKeys = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), inner]));

/** Names of the schemas of one endpoint, so that field paths come out in the face's casing and free-form keys stay. */
export type FieldNames = ReadonlyMap<string, string>;

export interface RenderedError {
  readonly status: number;
  readonly body: string;
  readonly retryAfterSeconds: number | undefined;
}

export function renderError(face: Face, error: AppError, requestId: string, names?: FieldNames): RenderedError {
  const { code, extras } = error;
  const status = error === INTERNAL ? 500 : statusOf(error);
  const details = detailsOf(face, error, names);
  const hint = extras.hint;
  const optional = { ...(details ? { details } : {}), ...(hint ? { hint } : {}) };
  const body =
    face === 'a'
      ? { error: sentence(error, details), code, ...optional, request_id: requestId }
      : { success: false, error: { code, message: sentence(error, details), ...optional, requestId } };
  const retryAfterSeconds = extras.retryAfterSeconds ?? (status === 503 ? 2 : undefined);
  return { status, body: JSON.stringify(body), retryAfterSeconds };
}

/** The error of one row of many: flat, with the field and the reason on top. */
export function renderRowError(face: Face, error: AppError, names?: FieldNames): Record<string, unknown> {
  const details = detailsOf(face, error, names);
  return { code: error.code, message: sentence(error, details), ...details };
}

/** An issue's message leaves its subject out, since the field stands beside it; alone it needs the field. */
function sentence({ kind, message }: AppError, shown: Record<string, unknown> | undefined): string {
  const field = shown?.field;
  return kind === 'validation' && typeof field === 'string' && /^[a-z]/.test(message) ? `${field} ${message}` : message;
}

function detailsOf(face: Face, error: AppError, names: FieldNames | undefined): Record<string, unknown> | undefined {
  const { issues, details } = error.extras;
  const shown = issues?.map((issue) => showIssue(face, issue, names));
  if (!shown?.[0] && !details) return undefined;
  const facts = details ? Object.entries(details).map(([key, value]) => [wireName(face, key), value]) : [];
  return {
    ...(shown?.[0] ? { field: shown[0].field, ...shownValue(shown[0]), issues: shown } : {}),
    ...Object.fromEntries(facts),
  };
}

const MAX_ISSUES = 100;
export const trimIssues = (issues: FieldIssue[]): FieldIssue[] => issues.slice(0, MAX_ISSUES);

interface ShownIssue {
  field: string;
  message: string;
  value?: unknown;
}

function showIssue(face: Face, issue: FieldIssue, names: FieldNames | undefined): ShownIssue {
  const field = face === 'a' ? fieldPath(issue.field, names) : issue.field;
  const shown: ShownIssue = { field, message: issue.message };
  if ('value' in issue && isShowable(issue)) shown.value = issue.value;
  return shown;
}

const shownValue = (issue: ShownIssue): { value?: unknown } => ('value' in issue ? { value: issue.value } : {});

const fieldPath = (path: string, names: FieldNames | undefined): string =>
  path
    .split('.')
    .map((segment) => names?.get(segment) ?? segment)
    .join('.');

const SECRET = /password|secret|token|api_?key|credential|authorization|cookie/i;

function isShowable({ field, value }: FieldIssue): boolean {
  if (SECRET.test(field)) return false;
  if (typeof value === 'string') return value.length <= 100 && value.isWellFormed() && !value.includes('\0');
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
