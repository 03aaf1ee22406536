export interface LeadRescoreResult {
  /** Leads whose score is another one. */
  changed: number;
}
