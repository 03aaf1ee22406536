export { type CreateApiKeyInput, type CreatedApiKey, createApiKey } from './create-api-key.ts';
export { type FoundApiKey, findApiKey } from './find-api-key.query.ts';
export { hashApiKey, isApiKey } from './key-format.ts';
