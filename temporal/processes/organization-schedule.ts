import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type { DispatchOutcome, ProcessCommand, ScheduleDefinition } from '../../domain/core/process.port.ts';
import { EntityId, EntityType, OrganizationId } from '../search-attributes.ts';
import type { ProcessDefinition } from './process.ts';

const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** After an outage, firings of the last day are made up for; older ones are not worth a run each. */
const CATCHUP_MS = 86_400_000;

/**
 * Makes the server's schedule equal to what the row says; null takes it away. Its id is the process's workflow id, so a
 * repetition finds the first one.
 */
export async function settleSchedule(
  client: Client,
  definition: ProcessDefinition,
  command: ProcessCommand,
  scheduleId: string,
): Promise<DispatchOutcome> {
  const wanted = command.input as ScheduleDefinition | null;
  const handle = client.schedule.getHandle(scheduleId);
  if (wanted === null) {
    try {
      await handle.delete();
      return 'done';
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return 'gone';
      throw error;
    }
  }
  const options = optionsOf(definition, command, wanted, scheduleId);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies, state } = options;
    await handle.update(() => ({ spec, action, policies, state }));
  }
  return 'done';
}

function optionsOf(
  definition: ProcessDefinition,
  { organizationId, entityId }: ProcessCommand,
  wanted: ScheduleDefinition,
  scheduleId: string,
) {
  return {
    scheduleId,
    spec: {
      timezone: wanted.timeZone,
      ...(wanted.every
        ? { intervals: [{ every: wanted.every.seconds * 1_000 }], jitter: wanted.every.jitterSeconds * 1_000 }
        : {}),
      calendars: wanted.wallClocks.map(({ hour, minute, weekday, monthDay }) => ({
        hour,
        minute,
        ...(weekday === undefined ? {} : { dayOfWeek: WEEKDAYS[weekday - 1]! }),
        ...(monthDay === undefined ? {} : { dayOfMonth: monthDay }),
      })),
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: definition.workflowType,
      taskQueue: definition.taskQueue,
      args: [wanted.input],
      workflowId: scheduleId,
      staticSummary: definition.summary(wanted.input),
      typedSearchAttributes: [
        { key: OrganizationId, value: organizationId },
        { key: EntityId, value: entityId },
        { key: EntityType, value: definition.entityType },
      ],
    },
    policies: { overlap: 'SKIP', catchupWindow: CATCHUP_MS },
    state: { paused: wanted.paused },
  } satisfies ScheduleOptions;
}
