export interface ApiKeyExpiryResult {
  /** Keys whose owners were told, seven days ahead. */
  warned: number;
  expired: number;
}
