import type { Endpoint } from '../http/endpoint.ts';
import { ingestConversionEndpoint, ingestInteractionEndpoint } from './ingestion.routes.ts';

export const DATA_ENDPOINTS: readonly Endpoint[] = [ingestInteractionEndpoint, ingestConversionEndpoint];
