import createClient, { type Client, type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import { errorOf, RevloopError, UNREACHABLE } from './errors.ts';
import type { components, paths } from './schema.gen.ts';

export type { components, paths, RevloopError };
export { RevloopError as RevloopFailure, UNREACHABLE };

export type Schemas = components['schemas'];
