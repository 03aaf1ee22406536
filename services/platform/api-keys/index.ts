export {
  type ApiKeyWithSecret,
  type IssueApiKeyInput,
  issueApiKey,
  revokeApiKey,
  rotateApiKey,
} from './change-api-key.ts';
export { type CreateApiKeyInput, type CreatedApiKey, createApiKey } from './create-api-key.ts';
export { expireApiKeys, type KeyExpiryResult } from './expire-api-keys.ts';
export { type FoundApiKey, findApiKey } from './find-api-key.query.ts';
export { hashApiKey, isApiKey } from './key-format.ts';
export { type ApiKeyUsage, createKeyUsageLog, getApiKeyUsage, type KeyUsageLog } from './key-usage.ts';
export { type ApiKeyView, getApiKey, listApiKeys } from './key-view.ts';
