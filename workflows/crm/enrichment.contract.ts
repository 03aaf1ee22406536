export interface EnrichmentInput {
  organizationId: string;
  requestId: string;
}

export interface EnrichmentResult {
  /** `skipped`: there was no provider that could be asked. */
  status: 'pending' | 'running' | 'completed' | 'skipped' | 'failed';
}
