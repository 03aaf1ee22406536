import type { ProviderAdapter } from '../../domain/integrations/adapter.port.ts';
import { stripeAdapter } from './stripe.ts';

export { createOAuthClient } from './oauth-client.ts';
export { createSessions } from './session.ts';

/** Every provider that can be spoken to, by its slug in the catalogue. */
export const ADAPTERS: Readonly<Record<string, ProviderAdapter>> = Object.fromEntries(
  [stripeAdapter].map((adapter) => [adapter.provider, adapter]),
);
