/** What authenticators, other wings and the API may call. */
export { type AccessClaims, type AccessTokens, createAccessTokens, looksLikeJwt } from './access-tokens.ts';
export { createFailedSignIns, type FailedSignIns } from './failed-sign-ins.ts';
export { findOpenSession, type OpenSession } from './find-session.query.ts';
export { endAllSessions, endSession, listSessions, type SessionView, signOut } from './list-sessions.ts';
export { getMe, type Me } from './me.ts';
export { createPasswords, type Passwords } from './passwords.ts';
export { purgeSessions, purgeSignInAttempts } from './purge-sign-ins.ts';
export { prepareRefresh, refreshSession } from './refresh.ts';
export {
  attendResetRequests,
  findOneTimeToken,
  prepareReset,
  requestPasswordReset,
  resetIsWanted,
  resetPassword,
} from './reset-password.ts';
export { hashSecretToken, newSecretToken } from './secret-tokens.ts';
export { type ClientFacts, endSessions, type IssuedTokens, prepareTokens, startSession } from './sessions.ts';
export { type SetPasswordInput, setPassword } from './set-password.ts';
export { completeSignIn, SIGN_IN_LIMIT, verifySignIn } from './sign-in.ts';
export { type Account, readAccount, type SignedIn } from './signed-in.ts';
export { type AuthTools, createAuthTools } from './tools.ts';
