/** The id column of SQL persistence is VARCHAR(255). */
const MAX_ID_BYTES = 255;

export interface WorkflowIdParts {
  readonly process: string;
  readonly organizationId: string;
  readonly entityId: string;
  readonly generation?: number | null;
}

/**
 * `<process>:<organizationId>:<entityId>[:<generation>]`; the one place that builds it.
 * @throws RangeError when a part is empty, has a colon or white space, or the whole is longer than 255 bytes
 */
export function workflowIdOf({ process, organizationId, entityId, generation }: WorkflowIdParts): string {
  const parts = [process, organizationId, entityId];
  for (const part of parts) {
    if (!/^[^\s:]+$/.test(part))
      throw new RangeError('Parts of a workflow id are not empty and have no colon or space.');
  }
  if (generation !== null && generation !== undefined) {
    if (!Number.isSafeInteger(generation) || generation < 0) throw new RangeError('A generation is a whole number.');
    parts.push(String(generation));
  }
  const id = parts.join(':');
  if (Buffer.byteLength(id, 'utf8') > MAX_ID_BYTES) throw new RangeError('The workflow id is longer than 255 bytes.');
  return id;
}

/** The second part; undefined for ids that are not ours (schedules, tests). */
export const organizationOfWorkflowId = (workflowId: string): string | undefined => {
  const parts = workflowId.split(':');
  return parts.length >= 3 ? parts[1] : undefined;
};
