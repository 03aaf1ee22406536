export interface PipelineDailyResult {
  /** Rows of forecast snapshots kept today; 0 when this day has its snapshots already. */
  snapshots: number;
  /** Deals that have become a high risk since the last look. */
  newlyAtRisk: number;
}
