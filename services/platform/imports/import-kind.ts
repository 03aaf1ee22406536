import type { AppError } from '../../../domain/core/errors.ts';
import type { ImportField } from '../../../domain/platform/import-mapping.rules.ts';
import type { UploadKind } from '../../../domain/platform/upload.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';

/** A row as the verb takes it. */
export interface ReadRow {
  readonly input: object;
  /** Where a problem's path comes from several columns: the field that the file has. */
  readonly fieldOf?: (path: string) => string;
}

export interface ImportedRow {
  readonly id: string;
  /** Its version after the import; 1 when it was created. */
  readonly version?: number | undefined;
  /** Where the import itself has changed it once more, as by linking it. */
  readonly lastVersion?: number | undefined;
  /** False when a record that existed was changed. */
  readonly created: boolean;
  /** What a changed record held until then; an undo gives it back. Absent: nothing of it changed. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
}

export interface ImportedRecord {
  readonly id: string;
  readonly version: number;
}

/** Ids of records that are not among those that were taken back. */
export function keptOf(records: readonly ImportedRecord[], taken: readonly { readonly id: string }[]): string[] {
  const gone = new Set(taken.map(({ id }) => id));
  return records.flatMap(({ id }) => (gone.has(id) ? [] : id));
}

export interface ChangedRecord extends ImportedRecord {
  readonly before: Readonly<Record<string, unknown>>;
}

/** How rows of one file meet. A dry run stores nothing that a later batch could find, so it asks this. */
export interface Repetition {
  /** Rows of one key mean one record; null: a record of its own. */
  keyOf(input: object, upload: UploadOfRows): string | null;
  /** The key of the row that this one builds on, as a refund does. */
  buildsOn?(input: object): string | null;
  /** What a later row of the key is told; absent where it changes the record. */
  refusal?(input: object): AppError;
}

/** What rows belong to. */
export interface UploadOfRows {
  readonly id: string;
  /** What the kind lets an upload say about its rows; checked when the file was sent. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What can be imported; the wing that owns the records registers it, this one only knows files and rows. */
export interface ImportKind {
  readonly name: UploadKind;
  readonly fields: readonly ImportField[];
  /** Further fields, which the organization has defined itself. */
  ownFields?(ctx: Ctx): Promise<readonly ImportField[]>;
  /** Names (both spellings) whose JSON numbers are kept as decimal text. */
  readonly decimals: ReadonlySet<string>;
  /** Field → text of a CSV file or value of a JSON line; the input of `store`, or what is wrong with it. */
  read(values: Readonly<Record<string, unknown>>): ReadRow | AppError;
  /** One outcome per row, in order; a duplicate is a conflict. */
  store(ctx: Ctx, inputs: readonly object[], upload: UploadOfRows): Promise<readonly GroupOutcome<ImportedRow>[]>;
  /** Tells of a finished import, once, where the records have an event of their own for it. */
  finished?(ctx: Ctx, upload: { id: string; created: number; updated: number }): Promise<void>;
  readonly repetition?: Repetition;
  /** Where it takes a setting of the organization to say which rows mean one record. */
  repetitionIn?(ctx: Ctx): Promise<Repetition>;
  /** Takes back what nobody has changed since, and answers the ids of those that stay. */
  undo(ctx: Ctx, records: readonly ImportedRecord[]): Promise<readonly string[]>;
  /** Gives changed records what they held before, unless somebody has changed them since; answers the ids of those that stay. */
  restore?(ctx: Ctx, records: readonly ChangedRecord[]): Promise<readonly string[]>;
}

export type ImportKinds = ReadonlyMap<UploadKind, ImportKind>;

/** A kind with the organization's own fields. @throws Error when nobody registered it. */
export async function kindWithOwnFields(ctx: Ctx, kinds: ImportKinds, name: string): Promise<ImportKind> {
  const kind = kindOf(kinds, name);
  return kind.ownFields ? { ...kind, fields: [...kind.fields, ...(await kind.ownFields(ctx))] } : kind;
}

/** @throws Error when nobody registered it. */
export function kindOf(kinds: ImportKinds, name: string): ImportKind {
  const kind = kinds.get(name as UploadKind);
  if (!kind) throw new Error(`No import kind "${name}" is registered.`);
  return kind;
}
