import { AppError } from '../../../domain/core/errors.ts';

/** The same for an unknown address, a wrong password, a person who left, and an address of another organization. */
export const wrongCredentials = (): AppError =>
  new AppError('unauthorized', 'INVALID_CREDENTIALS', 'E-mail address or password is not right.', {
    hint: 'Try again, or ask for a new password with POST /api/v1/auth/forgot-password.',
  });

export const invalidRefreshToken = (): AppError =>
  new AppError('unauthorized', 'INVALID_REFRESH_TOKEN', 'The refresh token is not valid, or its session has ended.', {
    hint: 'Sign in again.',
  });

export const tooManyAttempts = (retryAfterSeconds: number): AppError =>
  new AppError('rate_limited', 'TOO_MANY_ATTEMPTS', 'Too many sign-ins failed for this address.', {
    hint: 'Wait for the time in Retry-After, or set a new password with POST /api/v1/auth/forgot-password.',
    retryAfterSeconds,
  });
