export interface PrivacyRequestInput {
  organizationId: string;
  requestId: string;
}

export interface PrivacyRequestResult {
  /** `ended`: it had been completed or failed before. */
  status: 'completed' | 'ended' | 'failed';
}
