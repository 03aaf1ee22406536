import { DEVELOPMENT_ENCRYPTION_KEY } from '../config.ts';
import { createSecrets, type Secrets } from '../services/core/secrets.ts';

/** The key of every process of a test, worker processes included, so that one opens what another has sealed. */
export const testSecrets = (): Secrets => createSecrets([DEVELOPMENT_ENCRYPTION_KEY]);
