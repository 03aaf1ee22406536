export interface ListsHourlyResult {
  /** People who entered or left a dynamic list because time went by. */
  moved: number;
}
