import type { ProviderAdapter } from '../../domain/integrations/adapter.port.ts';
import { googleAdsAdapter } from './google-ads.ts';
import { salesforceAdapter } from './salesforce.ts';
import { segmentAdapter } from './segment.ts';
import { stripeAdapter } from './stripe.ts';

export { createOAuthClient } from './oauth-client.ts';
export { createSessions } from './session.ts';

/** Every provider that can be spoken to, by its slug in the catalogue. */
export const ADAPTERS: Readonly<Record<string, ProviderAdapter>> = Object.fromEntries(
  [googleAdsAdapter, salesforceAdapter, segmentAdapter, stripeAdapter].map((adapter) => [adapter.provider, adapter]),
);
