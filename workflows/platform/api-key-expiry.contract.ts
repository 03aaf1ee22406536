export interface ApiKeyExpiryResult {
  /** Keys whose owners were told, seven days ahead. */
  warned: number;
  expired: number;
}

export const API_KEY_EXPIRY_QUEUE = 'revloop';
