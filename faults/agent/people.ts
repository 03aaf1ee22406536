import type { TestOrganization } from '../../test/http/harness.ts';
import { type Caller, inParallel } from '../lib/caller.ts';
import type { World } from '../lib/world.ts';

/** Trusted with everything, at work around the clock. */
export const BOLD = {
  isActive: true,
  autoApproveMessages: true,
  requireHumanReview: false,
  autonomyLevel: 'autonomous',
  maxDailyTouches: 10_000,
  maxNewProspectsPerDay: 10_000,
  handoffThreshold: 75,
  workingHours: { timezone: 'UTC', startHour: 0, endHour: 24, days: [1, 2, 3, 4, 5, 6, 7] },
} as const;

/** Prospects by the API; their ids. */
export async function createPeople(call: Caller, count: number, from = 0): Promise<string[]> {
  const ids: string[] = [];
  await inParallel(count, { atOnce: 8 }, async (index) => {
    const person = {
      firstName: 'Ada',
      lastName: 'Lee',
      title: 'CTO',
      company: 'Globex',
      email: `p${from + index}@globex.example`,
    };
    const { status, json, text } = await call('POST', '/api/v1/prospects', person);
    if (status !== 201) throw new Error(`A prospect is refused: ${text}`);
    ids[index] = json.data.id;
  });
  return ids;
}

export async function configure(call: Caller, changes: object): Promise<void> {
  const { status, text } = await call('PUT', '/api/v1/bdr/config', changes);
  if (status !== 200) throw new Error(`The configuration is refused: ${text}`);
}

/** An organization whose plan has room for all of them. */
export async function roomyOrganization(world: World): Promise<TestOrganization> {
  const organization = await world.createOrganization();
  await world.database.owner`update organizations set plan = 'enterprise' where id = ${organization.organizationId}`;
  return organization;
}

/** Signals enough for the agent to find them. */
export async function showInterest(call: Caller, ids: readonly string[]): Promise<void> {
  await inParallel(ids.length, { atOnce: 4 }, async (index) => {
    for (const type of ['funding', 'technographic_change']) {
      const { status, text } = await call('POST', '/api/v1/intent/signals', { prospectId: ids[index], type });
      if (status !== 201) throw new Error(`A signal is refused: ${text}`);
    }
  });
}

export async function giveToAgent(call: Caller, prospectId: string): Promise<void> {
  const { status, text } = await call('POST', `/api/v1/bdr/prospects/${prospectId}/start`, {});
  // A repeated request may find that the first one was carried out.
  if (status !== 201 && !text.includes('ALREADY_ASSIGNED')) throw new Error(`A start is refused: ${text}`);
}
