import type { Db } from '../../../schema/db.ts';
import { type AccessTokens, createAccessTokens } from './access-tokens.ts';
import { createFailedSignIns, type FailedSignIns } from './failed-sign-ins.ts';
import { createPasswords, type Passwords } from './passwords.ts';

/** What signing in needs before a transaction opens; one per process, made by its composition root. */
export interface AuthTools {
  /** Pool of the app role: for look-ups that know no organization yet. */
  readonly db: Db;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  /** Life of a session, from signing in to its end. */
  readonly sessionSeconds: number;
  /** Refresh tokens that requests of this process are exchanging right now. */
  readonly refreshing: Set<string>;
  /** Those that this process has exchanged in the last seconds, with the time; oldest first. */
  readonly refreshed: Map<string, number>;
  /** Flushed by the composition root. */
  readonly failedSignIns: FailedSignIns;
}

export interface AuthToolsOptions extends Pick<AuthTools, 'db' | 'sessionSeconds'> {
  readonly jwtSecret: string;
  /** Told of what fails beside an answer that has left. */
  readonly onError: (error: unknown) => void;
}

export const createAuthTools = ({ jwtSecret, onError, ...options }: AuthToolsOptions): AuthTools => ({
  ...options,
  passwords: createPasswords(),
  accessTokens: createAccessTokens(jwtSecret),
  refreshing: new Set(),
  refreshed: new Map(),
  failedSignIns: createFailedSignIns(options.db, onError),
});
