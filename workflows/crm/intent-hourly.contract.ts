export interface IntentHourlyResult {
  /** Signals whose time is over since the last look. */
  expired: number;
  /** People and companies whose score is another one. */
  changed: number;
}
