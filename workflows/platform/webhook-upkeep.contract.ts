export interface WebhookUpkeepResult {
  /** Processes that were gone and were started again. */
  restarted: number;
  /** Rows of the log that were older than it is kept. */
  purged: number;
}
