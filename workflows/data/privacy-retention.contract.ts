export interface PrivacyRetentionResult {
  organizations: number;
  /** Rows whose texts were removed, and anonymous rows deleted. */
  rows: number;
}
