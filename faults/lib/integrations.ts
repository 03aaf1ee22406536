import { type Provider, startProvider } from './provider.ts';

/** Every provider of integrations at once: it knows nothing and takes everything, so that syncs end without leaving this machine. */
export const startEmptyProviders = (): Promise<Provider> =>
  startProvider({ answer: () => ({ body: { data: [], has_more: false, records: [], done: true, success: true } }) });

export const integrationEnv = (url: string): Record<string, string> => ({
  INTEGRATION_BASE_URLS: ['stripe', 'salesforce', 'google-ads', 'segment'].map((slug) => `${slug}=${url}`).join(','),
});
