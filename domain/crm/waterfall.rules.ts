/** What moved a pipeline between two days, in the order in which a chart shows it. */
export const WATERFALL_PARTS = [
  'new',
  'reopened',
  'pulled_in',
  'moved_in',
  'grown',
  'shrunk',
  'slipped',
  'moved_out',
  'removed',
  'lost',
  'won',
] as const;
export type WaterfallPart = (typeof WATERFALL_PARTS)[number];
