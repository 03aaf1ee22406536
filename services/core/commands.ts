import type { ScheduleDefinition } from '../../domain/core/process.port.ts';
import type { ProcessMap } from '../../workflows/process-map.contract.ts';
import type { Ctx } from './context.ts';

export interface ProcessTarget {
  entityId: string;
  /** Raised by a re-execution; part of the workflow id. */
  generation?: number;
}

/** Asks for a process to be started once this transaction has committed. */
export function startProcess<P extends keyof ProcessMap>(
  ctx: Ctx,
  process: P,
  target: ProcessTarget,
  input: ProcessMap[P]['input'],
): Promise<void> {
  return writeCommand(ctx, process, target, { kind: 'start', signal: null, input });
}

/** Tells a process to re-read its rows. Signals carry nothing that matters, so a repeat is harmless. */
export function signalProcess<P extends keyof ProcessMap>(
  ctx: Ctx,
  process: P,
  target: ProcessTarget,
  signal: ProcessMap[P]['signals'],
): Promise<void> {
  return writeCommand(ctx, process, target, { kind: 'signal', signal, input: {} });
}

/** Asks for the process's schedule to be as it is told here; null takes it away. Later calls win. */
export function setSchedule<P extends keyof ProcessMap>(
  ctx: Ctx,
  process: P,
  target: ProcessTarget,
  schedule: (Omit<ScheduleDefinition, 'input'> & { input: ProcessMap[P]['input'] }) | null,
): Promise<void> {
  return writeCommand(ctx, process, target, { kind: 'schedule', signal: null, input: schedule });
}

async function writeCommand(
  ctx: Ctx,
  process: string,
  target: ProcessTarget,
  command: { kind: 'start' | 'signal' | 'schedule'; signal: string | null; input: object | null },
): Promise<void> {
  const { id } = await ctx.tx
    .insertInto('process_commands')
    .values({
      process,
      entity_id: target.entityId,
      generation: target.generation ?? null,
      kind: command.kind,
      signal: command.signal,
      input: JSON.stringify(command.input),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  ctx.commandIds.push(id);
}
