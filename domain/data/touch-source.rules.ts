/**
 * What was at work when somebody was touched, beside the campaign: a dimension of every figure, and the name under which
 * a touch source holds its value. A wing that sends writes its own; whoever counts needs nothing of that wing but this line.
 */
export const SOURCE_DIMENSIONS = {
  cadence: 'cadenceId',
  step: 'stepId',
  template: 'templateId',
  variant: 'variant',
  sender: 'senderId',
  bulk_job: 'bulkJobId',
  bdr_agent: 'bdrAgentId',
  prompt_version: 'promptVersion',
} as const;
export type SourceDimension = keyof typeof SOURCE_DIMENSIONS;
export type SourceKey = (typeof SOURCE_DIMENSIONS)[SourceDimension];

/** Values by key; what is absent was not at work. */
export type WorkSource = Readonly<Partial<Record<SourceKey, string>>>;

export const SOURCE_DIMENSION_NAMES = Object.keys(SOURCE_DIMENSIONS) as SourceDimension[];
const SOURCE_KEYS: readonly SourceKey[] = Object.values(SOURCE_DIMENSIONS);

/** Of what a message says of itself, the part that other messages share; the rest would make a source of each. */
export const workSourceOf = (said: Readonly<Record<string, unknown>> | null): WorkSource =>
  Object.fromEntries(SOURCE_KEYS.flatMap((key) => (typeof said?.[key] === 'string' ? [[key, said[key]]] : [])));
