import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { DispatchOutcome, ProcessCommand, ProcessGateway } from '../../domain/core/process.port.ts';
import { deadlineIn, isTemporalAvailable } from '../connection.ts';
import { MAX_PAYLOAD_BYTES, payloadBytes } from '../payload-size.ts';
import { EntityId, EntityType, OrganizationId } from '../search-attributes.ts';
import { settleSchedule } from './organization-schedule.ts';
import type { ProcessDefinition } from './process.ts';
import { workflowIdOf } from './workflow-id.ts';

/** Unknown process or signal, or an argument the server refuses: never retry. */
export class PermanentDispatchError extends Error {
  override readonly name = 'PermanentDispatchError';
  /** The dispatcher knows no class of this layer; it parks what carries this mark. */
  readonly permanent = true;
}

const CALL_DEADLINE_MS = 3_000;
/** `grpc.status.INVALID_ARGUMENT`; the SDK does not hand the enum on. */
const INVALID_ARGUMENT = 3;

export function createProcessGateway(client: Client, processes: readonly ProcessDefinition[]): ProcessGateway {
  const byName = new Map(processes.map((definition) => [definition.name, definition]));
  if (byName.size !== processes.length) throw new Error('Two processes have the same name.');

  return {
    async dispatch(command) {
      const definition = byName.get(command.process);
      if (!definition) throw new PermanentDispatchError(`Process "${command.process}" is unknown.`);
      if (payloadBytes(command.input) > MAX_PAYLOAD_BYTES) {
        throw new PermanentDispatchError('The input is too large for a command; pass ids.');
      }
      const workflowId = permanentIfRange(() => workflowIdOf(command));
      try {
        return await client.withDeadline(deadlineIn(CALL_DEADLINE_MS), () =>
          send(client, definition, command, workflowId),
        );
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'already';
        if (error instanceof WorkflowNotFoundError) return 'gone';
        throw permanentIfRefused(error);
      }
    },
    isAvailable: () => isTemporalAvailable(client),
    async isRunning(target) {
      try {
        const handle = client.workflow.getHandle(workflowIdOf(target));
        const { status } = await client.withDeadline(deadlineIn(CALL_DEADLINE_MS), () => handle.describe());
        return status.name === 'RUNNING' || status.name === 'PAUSED';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}

async function send(
  client: Client,
  definition: ProcessDefinition,
  command: ProcessCommand,
  workflowId: string,
): Promise<DispatchOutcome> {
  const { kind, input } = command;
  if (kind === 'start') {
    await client.workflow.start(definition.workflowType, startOptions(definition, command, workflowId));
    return 'done';
  }
  if (kind === 'schedule') return settleSchedule(client, definition, command, workflowId);
  const handle = client.workflow.getHandle(workflowId);
  if (kind === 'cancel') {
    await handle.cancel();
    return 'done';
  }
  if (!command.signal || !definition.signals.has(command.signal)) {
    throw new PermanentDispatchError(`Process "${definition.name}" has no signal "${command.signal}".`);
  }
  await handle.signal(command.signal, ...(input === null || input === undefined ? [] : [input]));
  return 'done';
}

function startOptions(definition: ProcessDefinition, command: ProcessCommand, workflowId: string) {
  const { organizationId, entityId, input } = command;
  return {
    workflowId,
    taskQueue: definition.taskQueue,
    args: [input],
    // The row that the verb wrote is the durable guard; this only makes a repeated start harmless.
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    workflowIdConflictPolicy: 'FAIL' as const,
    staticSummary: definition.summary(input),
    priority: { priorityKey: definition.priority, fairnessKey: organizationId },
    ...(definition.foundById
      ? {}
      : {
          typedSearchAttributes: [
            { key: OrganizationId, value: organizationId },
            { key: EntityId, value: entityId },
            { key: EntityType, value: definition.entityType },
            ...definition.searchAttributes(input),
          ],
        }),
  };
}

function permanentIfRange<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof RangeError) throw new PermanentDispatchError(error.message);
    throw error;
  }
}

/** The client wraps gRPC errors; the code is on the wrapped one. */
function permanentIfRefused(error: unknown): unknown {
  const source = isGrpcServiceError(error) ? error : error instanceof Error ? error.cause : undefined;
  if (isGrpcServiceError(source) && source.code === INVALID_ARGUMENT) {
    return new PermanentDispatchError(`Temporal refused the command: ${source.details}`);
  }
  return error;
}
