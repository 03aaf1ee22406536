import { proxyActivities } from '@temporalio/workflow';
import type { ApiKeyActivities } from '../../activities/platform/api-keys.activities.ts';
import type { ApiKeyExpiryResult } from './api-key-expiry.contract.ts';

const { apiKeysExpire } = proxyActivities<ApiKeyActivities>({
  startToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 10 },
});

/** Over all organizations: warns of keys that will expire, and notes those that have. */
export async function apiKeyExpiry(): Promise<ApiKeyExpiryResult> {
  return apiKeysExpire();
}
