import { randomUUID } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  ensureSearchAttributes,
  SEARCH_ATTRIBUTES,
  SearchAttributeConflictError,
} from '../../temporal/search-attributes.ts';

const KEYWORD = 2;
const TEXT = 1;

describe('search attributes', () => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await Connection.connect({ address: inject('temporalAddress') });
  });
  afterAll(() => connection.close());

  async function freshNamespace(attributes: Record<string, number> = {}): Promise<string> {
    const namespace = `attributes-${randomUUID()}`;
    const day = { seconds: 86_400 as never };
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: day });
    await expect
      .poll(() =>
        connection.workflowService.describeNamespace({ namespace }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    if (Object.keys(attributes).length > 0) {
      const add = () => connection.operatorService.addSearchAttributes({ namespace, searchAttributes: attributes });
      await expect
        .poll(
          () =>
            add().then(
              () => true,
              () => false,
            ),
          { timeout: 15_000 },
        )
        .toBe(true);
    }
    return namespace;
  }

  it('adds what is missing, and nothing the second time', async () => {
    const namespace = await freshNamespace({ EntityId: KEYWORD });
    await expect
      .poll(
        () =>
          ensureSearchAttributes(connection, namespace).then(
            ({ added }) => added,
            () => [],
          ),
        { timeout: 15_000 },
      )
      .toEqual(Object.keys(SEARCH_ATTRIBUTES).filter((name) => name !== 'EntityId'));
    expect(await ensureSearchAttributes(connection, namespace)).toEqual({ added: [] });
  });

  it('refuses a name that exists with another type, and says how to resolve it', async () => {
    const namespace = await freshNamespace({ Stage: TEXT });
    const error = await ensureSearchAttributes(connection, namespace).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SearchAttributeConflictError);
    expect((error as Error).message).toMatch(/Stage is Text, expected Keyword/);
    expect((error as Error).message).toContain('search-attribute remove');
  });
});
