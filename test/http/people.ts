import { expect } from 'vitest';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import { loadUserAccess } from '../../services/platform/roles/index.ts';
import type { openApi } from './api.ts';
import { addKey, type TestOrganization } from './harness.ts';

let count = 0;
export const nextEmail = () => `p${++count}-${crypto.randomUUID().slice(0, 8)}@example.com`;
export const refusal = ({ status, json }: { status: number; json: { code: string } }) => [status, json.code];

/** People of an organization by way of its API, and keys that act for them. */
export function peopleOf({ database, organization, send }: Awaited<ReturnType<typeof openApi>>) {
  const create = async (fields: object = {}, as = organization) => {
    const answer = await send('POST', '/v1/users', { first_name: 'P', email: nextEmail(), ...fields }, as);
    expect([answer.status, answer.json.error]).toEqual([201, undefined]);
    return answer.json.data;
  };
  /** A key of this person, holding what they hold or less. */
  const keyOf = async (
    userId: string,
    scopes?: readonly Permission[],
    as = organization,
  ): Promise<TestOrganization> => {
    const access = await loadUserAccess(database.app, as.organizationId, userId);
    const held = scopes ?? [...access!.permissions];
    const key = await addKey(database, as.organizationId, { scopes: held });
    await database.owner`update api_keys set user_id = ${userId} where id = ${key.keyId}`;
    return { ...as, ...key };
  };
  return { create, keyOf };
}
