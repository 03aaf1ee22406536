import { sql } from 'kysely';
import type { ProcessCommand, ProcessGateway } from '../../domain/core/process.port.ts';
import type { Db } from '../../schema/db.ts';
import type { FaultPoint } from './fault-points.ts';
import { underTraceParent } from './trace-parent.ts';

export interface Dispatcher {
  /** Sends these commands, unless many are under way, or, without ids, whatever is due; answers how many are finished. */
  dispatch(ids?: readonly string[]): Promise<number>;
}

export interface DispatcherDeps {
  /** Pool of the platform role. */
  platformDb: Db;
  gateway: Pick<ProcessGateway, 'dispatch'>;
  faultPoint: FaultPoint;
  onError(error: unknown, command: ProcessCommand & { id: string; parked: boolean }): void;
}

const MAX_BACKOFF_SECONDS = 30;
const BATCH = 50;

interface ClaimedCommand extends ProcessCommand {
  readonly id: string;
  readonly traceParent: string | null;
  attempts: number;
}

/**
 * Sends committed process commands to the workflow engine, at least once each and in order per process and entity.
 * Any number of dispatchers may run: a claim holds a command for 30 s, long enough for a call with a 3 s deadline.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { platformDb } = deps;
  /** Commands that are sent, or about to be, right after their commit. */
  let fresh = 0;

  async function finish(command: ClaimedCommand, outcome: string): Promise<void> {
    await platformDb
      .updateTable('process_commands')
      .set({ status: 'done', outcome, claimed_until: null, last_error: null })
      .where('organization_id', '=', command.organizationId)
      .where('id', '=', command.id)
      .execute();
  }

  async function fail(command: ClaimedCommand, error: unknown): Promise<void> {
    const parked = (error as { permanent?: boolean } | null)?.permanent === true;
    const delaySeconds = Math.min(0.25 * 2 ** command.attempts, MAX_BACKOFF_SECONDS);
    await platformDb
      .updateTable('process_commands')
      .set({
        status: parked ? 'parked' : 'pending',
        claimed_until: null,
        next_attempt_at: sql`now() + make_interval(secs => ${delaySeconds})`,
        last_error: error instanceof Error ? error.message.slice(0, 500) : 'unknown error',
      })
      .where('organization_id', '=', command.organizationId)
      .where('id', '=', command.id)
      .execute();
    deps.onError(error, { ...command, parked });
  }

  async function send(command: ClaimedCommand): Promise<boolean> {
    try {
      await deps.faultPoint('commands.before-dispatch');
      const outcome = await underTraceParent(command.traceParent, `dispatch ${command.process}`, () =>
        deps.gateway.dispatch(command),
      );
      await deps.faultPoint('commands.before-finish');
      await finish(command, outcome);
      return true;
    } catch (error) {
      await fail(command, error);
      return false;
    }
  }

  async function dispatchDue(ids?: readonly string[]): Promise<number> {
    let finished = 0;
    for (;;) {
      const claimed = await claimCommands(platformDb, ids);
      if (claimed.length === 0) return finished;
      const sent = await Promise.all(claimed.map(send));
      const succeeded = sent.filter(Boolean).length;
      finished += succeeded;
      // Only the first command of an entity is claimed at a time; go on while that opens the way for the next.
      if (succeeded === 0) return finished;
    }
  }

  return {
    async dispatch(ids) {
      if (!ids) return dispatchDue();
      // A server that is asked for more at once answers nobody in time; the relay sends these in its turn.
      if (fresh >= BATCH) return 0;
      fresh += ids.length;
      try {
        return await dispatchDue(ids);
      } finally {
        fresh -= ids.length;
      }
    },
  };
}

async function claimCommands(db: Db, ids: readonly string[] | undefined): Promise<ClaimedCommand[]> {
  const { rows } = await sql<ClaimedCommand>`
    with due as (
      select c.organization_id, c.id
      from process_commands c
      where c.status = 'pending' and c.next_attempt_at <= now()
        and (c.claimed_until is null or c.claimed_until < now())
        ${ids ? sql`and c.id = any(${sql.val(ids)}::uuid[])` : sql``}
        and not exists (
          select from process_commands earlier
          where earlier.organization_id = c.organization_id and earlier.entity_id = c.entity_id
            and earlier.process = c.process and earlier.status = 'pending' and earlier.id < c.id)
      order by c.next_attempt_at, c.id
      limit ${BATCH}
      for update skip locked
    )
    update process_commands c
    set claimed_until = now() + interval '30 seconds', attempts = attempts + 1
    from due
    where c.organization_id = due.organization_id and c.id = due.id
    returning c.id, c.organization_id as "organizationId", c.process, c.entity_id as "entityId", c.generation,
              c.kind, c.signal, c.input, c.attempts, c.trace_parent as "traceParent"`.execute(db);
  return rows;
}
