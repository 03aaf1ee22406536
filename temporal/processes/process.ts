import type { SearchAttributePair } from '@temporalio/common';

/** 1 = a person waits for it, 3 = ordinary, 5 = bulk. Within one priority organizations share fairly. */
export type PriorityKey = 1 | 2 | 3 | 4 | 5;

/** A process as the rest of the house knows it; names, queue and signals come from its contract. */
export interface ProcessOptions<Input> {
  /** First part of every workflow id, and what commands name. No colon. Never renamed. */
  readonly name: string;
  /** The workflow function's name. Never renamed. */
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly signals?: readonly { readonly name: string }[];
  /** What the id names, for operators' lists, e.g. `attributionRun`. */
  readonly entityType: string;
  /** One line for operators. Ids and counts only: it is stored readable (400 bytes at most). */
  readonly summary: (input: Input) => string;
  /** Beyond OrganizationId, EntityId and EntityType, which every start carries unless it is `foundById`. */
  readonly searchAttributes?: (input: Input) => SearchAttributePair[];
  /**
   * For what is started by the ten thousand: its starts carry no search attributes, which cost half a start again, and
   * operators find them by type and by the workflow id, which begins with process and organization and holds the entity.
   */
  readonly foundById?: true;
  readonly priority: PriorityKey;
}

export interface ProcessDefinition {
  readonly name: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly entityType: string;
  readonly signals: ReadonlySet<string>;
  readonly priority: PriorityKey;
  readonly summary: (input: unknown) => string;
  readonly searchAttributes: (input: unknown) => SearchAttributePair[];
  readonly foundById: boolean;
}

/** Erases the input's type: commands come out of a table, and the verb that wrote them was checked by the contract. */
export function defineProcess<Input>(options: ProcessOptions<Input>): ProcessDefinition {
  if (!/^[A-Za-z][\w-]*$/.test(options.name)) throw new Error(`"${options.name}" cannot start a workflow id.`);
  return {
    name: options.name,
    workflowType: options.workflowType,
    taskQueue: options.taskQueue,
    entityType: options.entityType,
    signals: new Set((options.signals ?? []).map((signal) => signal.name)),
    priority: options.priority,
    summary: (input) => options.summary(input as Input),
    searchAttributes: (input) => options.searchAttributes?.(input as Input) ?? [],
    foundById: options.foundById === true,
  };
}
