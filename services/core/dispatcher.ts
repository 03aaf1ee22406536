import { sql } from 'kysely';
import type { ProcessCommand, ProcessGateway } from '../../domain/core/process.port.ts';
import type { Db } from '../../schema/db.ts';
import type { FaultPoint } from './fault-points.ts';
import { underTraceParent } from './trace-parent.ts';
import { unnestRows } from './unnest.ts';

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
/** Calls that are under way at once. */
const ROOM = 50;
/** Claimed together. Each of them is sent while its claim lasts, even when every call takes its whole deadline. */
const BATCH = 200;

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

  async function send(command: ClaimedCommand, finisher: Finisher): Promise<boolean> {
    try {
      await deps.faultPoint('commands.before-dispatch');
      const outcome = await underTraceParent(command.traceParent, `dispatch ${command.process}`, () =>
        deps.gateway.dispatch(command),
      );
      await deps.faultPoint('commands.before-finish');
      finisher.add({ organization_id: command.organizationId, id: command.id, outcome });
      return true;
    } catch (error) {
      await fail(command, error);
      return false;
    }
  }

  /** Sends what is due now, always as many calls at once as there is room for. */
  async function sendDue(ids: readonly string[] | undefined): Promise<number> {
    const finisher = createFinisher(platformDb);
    const supply = createSupply(() => claimCommands(platformDb, ids));
    let [succeeded, failedInARow] = [0, 0];
    const sendOn = async () => {
      // While the engine is away nothing more is claimed than what is claimed already.
      for (;;) {
        const command = await supply.next(failedInARow < ROOM);
        if (!command) return;
        if (await send(command, finisher)) [succeeded, failedInARow] = [succeeded + 1, 0];
        else failedInARow += 1;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: ROOM }, sendOn));
    await finisher.settle();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    return succeeded;
  }

  async function dispatchAll(ids?: readonly string[]): Promise<number> {
    let finished = 0;
    for (;;) {
      const succeeded = await sendDue(ids);
      finished += succeeded;
      // Only the first command of an entity is claimed at a time; go on while that opens the way for the next.
      if (succeeded === 0) return finished;
    }
  }

  return {
    async dispatch(ids) {
      if (!ids) return dispatchAll();
      // A server that is asked for more at once answers nobody in time; the relay sends these in its turn.
      if (fresh >= ROOM) return 0;
      fresh += ids.length;
      try {
        return await dispatchAll(ids);
      } finally {
        fresh -= ids.length;
      }
    },
  };
}

/** Claimed commands one by one; the next batch is fetched before the last one has run out. */
function createSupply(claim: () => Promise<ClaimedCommand[]>) {
  const waiting: ClaimedCommand[] = [];
  let isDry = false;
  let refilling: Promise<void> | null = null;

  async function fetch(): Promise<void> {
    try {
      const claimed = await claim();
      waiting.push(...claimed);
      isDry = claimed.length < BATCH;
    } finally {
      refilling = null;
    }
  }

  return {
    async next(mayClaim: boolean): Promise<ClaimedCommand | undefined> {
      while (waiting.length <= ROOM && !isDry && mayClaim) {
        refilling ??= fetch();
        // Whoever waits for it hears of a failure; nobody else has to.
        if (waiting.length > 0) {
          refilling.catch(() => {});
          break;
        }
        await refilling;
      }
      return waiting.shift();
    },
  };
}

interface Finished {
  readonly organization_id: string;
  readonly id: string;
  readonly outcome: string;
}

type Finisher = ReturnType<typeof createFinisher>;

/** Writes down what was sent, each time all that came while the statement before ran. */
function createFinisher(db: Db) {
  let waiting: Finished[] = [];
  let writing: Promise<void> | null = null;
  const failures: unknown[] = [];

  async function write(): Promise<void> {
    try {
      for (let some = waiting; some.length > 0; some = waiting) {
        waiting = [];
        await finishCommands(db, some);
      }
    } catch (error) {
      // What could not be written down is sent again once its claim is over, which is harmless.
      failures.push(error);
    }
    writing = null;
  }

  return {
    add(command: Finished): void {
      waiting.push(command);
      writing ??= write();
    },
    async settle(): Promise<void> {
      await writing;
      if (failures.length > 0) throw failures[0];
    },
  };
}

const finishCommands = (db: Db, finished: readonly Finished[]): Promise<unknown> =>
  sql`
    update process_commands c
    set status = 'done', outcome = row.outcome, claimed_until = null, last_error = null
    from ${unnestRows({ organization_id: 'uuid', id: 'uuid', outcome: 'text' }, finished)}
    where c.organization_id = row.organization_id and c.id = row.id`.execute(db);

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
