import { randomUUID } from 'node:crypto';
import { ALL_PERMISSIONS } from '../../domain/platform/permissions.rules.ts';
import { addKey, type TestDatabase, type TestOrganization } from './harness.ts';

export interface LimitedKey extends TestOrganization {
  readonly userId: string;
  readonly ownTeamId: string;
  readonly otherTeamId: string;
}

/** The key of somebody who may everything, within one team; there is another one beside it. */
export async function addLimitedKey(database: TestDatabase, organizationId: string): Promise<LimitedKey> {
  const { owner } = database;
  const team = async (name: string, number: number): Promise<string> => {
    const [row] = await owner`
      insert into teams (organization_id, name, number) values (${organizationId}, ${name}, ${number}) returning id`;
    return row!.id;
  };
  const [ownTeamId, otherTeamId] = [await team('Own', 901), await team('Other', 902)];
  const [role] = await owner`
    insert into roles (organization_id, name, number, permissions, allowed_team_ids)
    values (${organizationId}, 'Limited', 900, ${[...ALL_PERMISSIONS]}, ${[ownTeamId]}) returning id`;
  const userId = randomUUID();
  await owner`
    insert into users (id, organization_id, email, team_id, role_id)
    values (${userId}, ${organizationId}, ${`${userId}@example.com`}, ${ownTeamId}, ${role!.id})`;
  const added = await addKey(database, organizationId);
  await owner`update api_keys set user_id = ${userId} where id = ${added.keyId}`;
  return { organizationId, ...added, userId, ownTeamId, otherTeamId };
}
