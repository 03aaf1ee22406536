import type { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { defineSearchAttributeKey } from '@temporalio/common';

/** SQL visibility has fixed columns per namespace: 10 Keyword and 3 each of Int, Bool and Datetime. These use 4, 1, 1, 2. */
export const OrganizationId = defineSearchAttributeKey('OrganizationId', 'KEYWORD');
export const EntityId = defineSearchAttributeKey('EntityId', 'KEYWORD');
export const EntityType = defineSearchAttributeKey('EntityType', 'KEYWORD');
export const Stage = defineSearchAttributeKey('Stage', 'KEYWORD');
export const NextActionAt = defineSearchAttributeKey('NextActionAt', 'DATETIME');
export const DueAt = defineSearchAttributeKey('DueAt', 'DATETIME');
export const Progress = defineSearchAttributeKey('Progress', 'INT');
export const NeedsHuman = defineSearchAttributeKey('NeedsHuman', 'BOOL');

const KEYS = [OrganizationId, EntityId, EntityType, Stage, NextActionAt, DueAt, Progress, NeedsHuman];

/** Spelling of the types in the Temporal CLI, and their numbers in the operator service. */
const TYPES = {
  TEXT: { cli: 'Text', proto: 1 },
  KEYWORD: { cli: 'Keyword', proto: 2 },
  INT: { cli: 'Int', proto: 3 },
  DOUBLE: { cli: 'Double', proto: 4 },
  BOOL: { cli: 'Bool', proto: 5 },
  DATETIME: { cli: 'Datetime', proto: 6 },
  KEYWORD_LIST: { cli: 'KeywordList', proto: 7 },
} as const satisfies Record<SearchAttributeType, { cli: string; proto: number }>;

/** Name → type as `temporal server start-dev --search-attribute Name=Type` wants it. */
export const SEARCH_ATTRIBUTES: Readonly<Record<string, string>> = Object.fromEntries(
  KEYS.map((key) => [key.name, TYPES[key.type].cli]),
);

const cliType = (proto: number): string =>
  Object.values(TYPES).find((type) => type.proto === proto)?.cli ?? `type ${proto}`;

export class SearchAttributeConflictError extends Error {
  override readonly name = 'SearchAttributeConflictError';
}

/**
 * Registers what the namespace lacks and returns those names. Run by workers before they poll, because the start
 * of an execution that carries an unknown attribute is refused.
 * @throws SearchAttributeConflictError when a name exists with another type (only an operator can resolve that)
 */
export async function ensureSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<{ added: string[] }> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const conflicts = KEYS.filter((key) => {
    const existing = customAttributes[key.name];
    return existing !== undefined && existing !== null && existing !== TYPES[key.type].proto;
  });
  if (conflicts.length > 0) {
    const lines = conflicts.map(
      (key) => `${key.name} is ${cliType(customAttributes[key.name]!)}, expected ${TYPES[key.type].cli}`,
    );
    throw new SearchAttributeConflictError(
      `Namespace "${namespace}" has search attributes of another type: ${lines.join('; ')}. Remove them with ` +
        `\`temporal operator search-attribute remove --namespace ${namespace} --name <name>\` or use another namespace.`,
    );
  }
  const missing = KEYS.filter((key) => customAttributes[key.name] === undefined);
  if (missing.length === 0) return { added: [] };
  await addSearchAttributes(connection, namespace, missing);
  return { added: missing.map((key) => key.name) };
}

/** Without looking first, for a server that cannot list them (the one that skips time). */
export async function addSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  keys = KEYS,
): Promise<void> {
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(keys.map((key) => [key.name, TYPES[key.type].proto])),
  });
}
