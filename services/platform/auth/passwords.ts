import { hash, verify } from '@node-rs/argon2';
import { AppError, invalid } from '../../../domain/core/errors.ts';
import { canonicalPassword, passwordProblem } from '../../../domain/platform/password.rules.ts';

/** OWASP's smallest argon2id (the default algorithm here): 19 MiB, two passes, one lane. About 15 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hashes at once: each holds 19 MiB, and more than the cores would only make all of them slower. */
const AT_ONCE = 2;
/** Whoever comes after these is told to come back, before memory or patience runs out. */
const MOST_WAITING = 200;

/** A hash of nothing that anybody knows, made once: an unknown address costs the same verification. */
const NOBODY = hash(crypto.randomUUID(), COST);

export interface Passwords {
  /**
   * Checks a new password against the rules and hashes it. Slow on purpose: call it before a transaction opens.
   * @param context words an attacker would try first
   * @throws AppError validation naming `field`; unavailable when too many wait.
   */
  accept(password: string, context?: readonly (string | null | undefined)[], field?: string): Promise<string>;
  /** One verification either way: without a hash against one that matches nothing. */
  matches(passwordHash: string | null, password: string): Promise<boolean>;
}

/** One per process: the cap on concurrent hashes is its own. */
export function createPasswords(count: (work: 'hash' | 'verify') => void = () => {}): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) throw busy();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, so that nobody slips in between.
      if (next) next();
      else running -= 1;
    }
  }

  return {
    async accept(password, context = [], field = 'password') {
      const problem = passwordProblem(password, context);
      if (problem) throw invalid(field, problem, undefined, 'Choose a longer one, for example four words by chance.');
      return inTurn(() => {
        count('hash');
        return hash(canonicalPassword(password), COST);
      });
    },
    async matches(passwordHash, password) {
      const against = passwordHash ?? (await NOBODY);
      const same = await inTurn(() => {
        count('verify');
        return verify(against, canonicalPassword(password));
      });
      return same && passwordHash !== null;
    },
  };
}

const busy = () =>
  new AppError('unavailable', 'SERVICE_UNAVAILABLE', 'Too many people are signing in at this moment.', {
    hint: 'Try again after the time in Retry-After.',
    retryAfterSeconds: 2,
  });
