export interface IntegrationRemovalInput {
  organizationId: string;
  integrationId: string;
}

export interface IntegrationRemovalResult {
  /** `forgotten`: there was no grant, or the provider could not be told. */
  status: 'revoked' | 'forgotten';
}
