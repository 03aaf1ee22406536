import type { Hono } from 'hono';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { createFailedSignIns, createPasswords } from '../../services/platform/auth/index.ts';
import {
  type CallOptions,
  type CallResult,
  call,
  createTestApp,
  type TestAppOptions,
  type TestDatabase,
} from './harness.ts';

export const PASSWORD = 'correct horse battery staple';

export interface Account {
  readonly email: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly token: string;
  readonly refreshToken: string;
}

/** The product over HTTP as people use it: with accounts instead of keys, and a clock that tests move. */
export interface Accounts {
  readonly app: Hono;
  /** Passwords that were hashed and verified so far. */
  readonly work: { hash: number; verify: number };
  now(): Date;
  later(seconds: number): void;
  /** Another instance over the same database and clock. */
  appWith(options: Omit<TestAppOptions, 'db'>): Hono;
  /** What the process writes every two seconds. */
  flush(): Promise<void>;
  post(path: string, body?: unknown, headers?: CallOptions['headers']): Promise<CallResult>;
  /** A new organization with its administrator, signed in. */
  register(): Promise<Account>;
  login(email: string, password?: string): Promise<CallResult>;
  /** As somebody who is signed in. */
  as(token: string, method: string, path: string, options?: CallOptions): Promise<CallResult>;
}

export function createAccounts(database: TestDatabase): Accounts {
  let time = new Date('2026-06-30T12:00:00Z');
  let count = 0;
  const work = { hash: 0, verify: 0 };
  const appWith = (options: Omit<TestAppOptions, 'db'>) =>
    createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => time, ...options });
  const failedSignIns = createFailedSignIns(database.app, (error) => {
    throw error;
  });
  const app = appWith({ tools: { passwords: createPasswords((kind) => void work[kind]++), failedSignIns } });
  const post: Accounts['post'] = (path, body, headers = {}) =>
    call(app, null, 'POST', path, { ...(body === undefined ? {} : { body }), headers });
  return {
    app,
    work,
    now: () => time,
    later(seconds) {
      time = new Date(time.getTime() + seconds * 1000);
    },
    appWith,
    flush: failedSignIns.flush,
    post,
    async register() {
      const email = `person${++count}@example.com`;
      const body = { organizationName: 'Acme', firstName: 'Ada', email, password: PASSWORD };
      const { status, text, json } = await post('/api/v1/auth/register', body);
      if (status !== 201) throw new Error(`Registering answered ${status}: ${text}`);
      const { token, refreshToken, user, organization } = json.data;
      return { email, token, refreshToken, userId: user.id, organizationId: organization.id };
    },
    login: (email, password = PASSWORD) => post('/api/v1/auth/login', { email, password }),
    as: (token, method, path, options = {}) =>
      call(app, null, method, path, {
        ...options,
        headers: { authorization: `Bearer ${token}`, ...options.headers },
      }),
  };
}
