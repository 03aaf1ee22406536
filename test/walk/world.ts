import type { Hono } from 'hono';
import { ENDPOINTS } from '../../api/endpoints.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import { createTenant } from '../database.ts';
import {
  addKey,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../http/harness.ts';
import { testWebhookTools } from '../webhooks.ts';
import { createPlan, type Plan } from './plan.ts';
import { createSession, type Mark, type Session } from './session.ts';
import { logWrites, type WriteLog } from './write-log.ts';

/** A database of its own with the whole product's API over it. */
export interface World {
  readonly app: Hono;
  readonly database: TestDatabase;
  readonly plan: Plan;
  readonly writes: WriteLog;
  /** Workers run on this database beside the requests. */
  readonly hasWorkers: boolean;
  /** A fresh organization with a key that may everything. */
  open(mark?: Mark): Promise<Session>;
  openOrganization(name?: string): Promise<TestOrganization>;
  close(): Promise<void>;
}

export const WALK_NOW = new Date('2026-06-30T12:00:00Z');
export const WALK_BODY_LIMIT = 131_072;

export async function createWorld(
  options: { now?: () => Date; endpoints?: readonly Endpoint[]; hasWorkers?: boolean; receiver?: string } = {},
): Promise<World> {
  const { endpoints = ENDPOINTS, receiver } = options;
  const database = await createTestDatabase();
  const writes = await logWrites(database.owner);
  const app = createTestApp({
    db: database.app,
    endpoints,
    now: options.now ?? (() => WALK_NOW),
    bodyLimitBytes: WALK_BODY_LIMIT,
    ...(receiver ? { tools: { webhooks: testWebhookTools({ production: false, allowLoopback: true }) } } : {}),
  });
  const plan = createPlan(endpoints);
  async function openOrganization(name = 'Walk'): Promise<TestOrganization> {
    const { organizationId } = await createTenant(database, name);
    return { organizationId, ...(await addKey(database, organizationId)) };
  }
  return {
    app,
    database,
    plan,
    writes,
    hasWorkers: options.hasWorkers === true,
    openOrganization,
    open: async (mark) => createSession(app, plan, await openOrganization(), { mark, receiver }),
    close: () => database.drop(),
  };
}
