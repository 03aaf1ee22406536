import { ENDPOINTS } from '../../api/endpoints.ts';
import type { TestDatabase } from '../../test/database.ts';
import {
  type CallOptions,
  type CallResult,
  call,
  createOrganization,
  createTestApp,
  type TestAppOptions,
  type TestOrganization,
  testOutreach,
} from '../../test/http/harness.ts';
import { createPlan } from '../../test/walk/plan.ts';
import { createSession, type Session } from '../../test/walk/session.ts';

/** The whole API over a trial's database, in this process: what it would answer, without a wire in between. */
export interface AbuseApp {
  readonly now: () => Date;
  /** Without an organization, nobody asks. */
  call(as: TestOrganization | null, method: string, path: string, options?: CallOptions): Promise<CallResult>;
  organization(): Promise<TestOrganization>;
  /** Drives endpoints by their examples, in an organization of its own. */
  session(): Promise<Session>;
}

export const TWILIO_TOKEN = 'a-token-of-a-stand-in';

export function openApp(database: TestDatabase, options: Partial<TestAppOptions> = {}): AbuseApp {
  const now = options.now ?? (() => new Date());
  const app = createTestApp({
    db: database.app,
    endpoints: ENDPOINTS,
    now,
    tools: { outreach: { ...testOutreach, requireSignedEvents: true, twilioAuthToken: TWILIO_TOKEN } },
    ...options,
  });
  const plan = createPlan(ENDPOINTS);
  return {
    now,
    call: (as, method, path, more) => call(app, as, method, path, more),
    organization: () => createOrganization(database),
    session: async () => createSession(app, plan, await createOrganization(database)),
  };
}

/** The `data` of an answer. @throws Error when it is no 2xx */
export function dataOf({ status, json, text }: CallResult) {
  if (status < 200 || status > 299) throw new Error(`A preparation was refused: ${status} ${text.slice(0, 300)}`);
  return json.data ?? json;
}
