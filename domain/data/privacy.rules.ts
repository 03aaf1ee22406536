/** What an erasure goes through, in this order: identifiers come last, because the steps before look for them. */
export const ERASE_STEPS = [
  'interactions',
  'interactions_history',
  'conversions',
  'conversions_history',
  'events',
  'page_views',
  // What upper wings know of the person.
  'records',
  'idempotency_answers',
  'files',
  'exports',
  'identifiers',
] as const;

export type EraseStep = (typeof ERASE_STEPS)[number];

/** What grows old: the same texts, by time instead of by person. */
export const RETENTION_STEPS = [
  'interactions',
  'interactions_history',
  'conversions',
  'conversions_history',
  'events',
  'page_views',
] as const satisfies readonly EraseStep[];

export type RetentionStep = (typeof RETENTION_STEPS)[number];

/** Stands where a column cannot be empty. */
export const ERASED = 'erased';

/** Shorter values are found everywhere: they prove nothing about a text that holds them. */
export const SHORTEST_SEARCHED_VALUE = 6;

export const EXPORT_SECTIONS = [
  'identifiers',
  'interactions',
  'interactions_history',
  'conversions',
  'conversions_history',
  'events',
  'page_views',
] as const;

export type ExportSection = (typeof EXPORT_SECTIONS)[number];

export const STATEMENTS = {
  erase:
    'Identifiers and texts of the person were removed from current data, its history, stored answers, uploaded files and exports. Pseudonymous touches and conversions stay, so that credit does not change; ids that source systems gave to facts stay with them.',
  export: 'Everything that is stored about the person, as of the time of completion.',
} as const;
