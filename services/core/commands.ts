import { sql } from 'kysely';
import type { ScheduleDefinition } from '../../domain/core/process.port.ts';
import type { ProcessMap } from '../../workflows/process-map.contract.ts';
import { type Ctx, letGo } from './context.ts';
import { traceParent } from './trace-parent.ts';

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

/** As `startProcess`, for many of them in one statement. */
export function startProcesses<P extends keyof ProcessMap>(
  ctx: Ctx,
  process: P,
  starts: readonly { readonly target: ProcessTarget; readonly input: ProcessMap[P]['input'] }[],
): Promise<void> {
  return writeCommands(
    ctx,
    process,
    starts.map(({ target, input }) => ({ ...target, kind: 'start', signal: null, input })),
  );
}

/** As `signalProcess`, for many of them in one statement. */
export function signalProcesses<P extends keyof ProcessMap>(
  ctx: Ctx,
  process: P,
  targets: readonly ProcessTarget[],
  signal: ProcessMap[P]['signals'],
): Promise<void> {
  return writeCommands(
    ctx,
    process,
    targets.map((target) => ({ ...target, kind: 'signal', signal, input: {} })),
  );
}

/** So many are sent right after the commit; of more, the relay takes its share, so that no request carries them all. */
const SENT_AT_ONCE = 100;

async function writeCommands(ctx: Ctx, process: string, commands: readonly object[]): Promise<void> {
  if (commands.length === 0) return;
  const write = sql<{ id: string }>`
    insert into process_commands (process, entity_id, generation, kind, signal, input, trace_parent)
    select ${process}, c."entityId", c.generation, c.kind, c.signal, c.input, ${traceParent()}
    from jsonb_to_recordset(${JSON.stringify(commands)}::jsonb)
      c("entityId" uuid, generation integer, kind text, signal text, input jsonb)
    returning id`
    .execute(ctx.tx)
    .then(({ rows }) => {
      if (rows.length <= SENT_AT_ONCE) ctx.commandIds.push(...rows.map(({ id }) => id));
    });
  await letGo(ctx, write);
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

function writeCommand(
  ctx: Ctx,
  process: string,
  target: ProcessTarget,
  command: { kind: 'start' | 'signal' | 'schedule'; signal: string | null; input: object | null },
): Promise<void> {
  const write = ctx.tx
    .insertInto('process_commands')
    .values({
      process,
      entity_id: target.entityId,
      generation: target.generation ?? null,
      kind: command.kind,
      signal: command.signal,
      input: JSON.stringify(command.input),
      trace_parent: traceParent(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
    .then(({ id }) => ctx.commandIds.push(id));
  return letGo(ctx, write);
}
