import type { Db } from '../../../schema/db.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Passwords } from './passwords.ts';

/** What signing in needs before a transaction opens; one per process, made by its composition root. */
export interface AuthTools {
  /** Pool of the app role: for look-ups that know no organization yet. */
  readonly db: Db;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  /** Life of a session, from signing in to its end. */
  readonly sessionSeconds: number;
  /** Told of what fails beside an answer that has left. */
  readonly onError: (error: unknown) => void;
}

/** Who does what in the transaction that follows, found by a look-up instead of a credential. */
export interface Acting {
  readonly organizationId: string;
  readonly userId: string | null;
}
