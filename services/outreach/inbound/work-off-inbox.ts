import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import type { Clock } from '../../core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../core/context.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import { inTransaction } from '../../core/transaction.ts';
import type { OutreachTools } from '../tools.ts';
import { applyProviderEvents, type InboxEvent } from './apply-events.ts';
import { applyMail } from './apply-mail.ts';

export interface InboxDeps {
  readonly db: Db;
  /** Sees which organizations have something to work off, and nothing of what it is. */
  readonly platformDb: Db;
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly tools: OutreachTools;
  /** Process commands that were written; sent after the commit. */
  readonly afterCommit: (commandIds: readonly string[]) => void;
  readonly onError: (error: unknown, what: { organizationId: string; parked: boolean }) => void;
}

interface Row extends InboxEvent {
  readonly id: string;
  readonly source: 'sendgrid' | 'mail' | 'twilio';
}

const BATCH = 500;
const MAX_ATTEMPTS = 6;

/**
 * Works off what providers have sent: each row once, many in one transaction. Any number of processes may do so. A row that
 * fails is tried alone, later, and parked in the end; it holds nobody else up.
 */
export function createInboxWorker(deps: InboxDeps): { run(): Promise<number> } {
  const inOrganization = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(deps.db, { organizationId, principal: SYSTEM_PRINCIPAL, now: deps.clock.now() }, work);

  async function workOff(organizationId: string, limit: number): Promise<number> {
    const { count, commandIds } = await inOrganization(organizationId, async (ctx) => {
      const rows = await takeRows(ctx, limit);
      if (rows.length > 0) await apply(ctx, rows);
      return { count: rows.length, commandIds: ctx.commandIds };
    });
    await deps.faultPoint('inbox.applied');
    deps.afterCommit(commandIds);
    return count;
  }

  async function apply(ctx: Ctx, rows: readonly Row[]): Promise<void> {
    await applyProviderEvents(
      ctx,
      rows.filter(({ source }) => source === 'sendgrid'),
    );
    const outcomes = new Map<string, string>();
    for (const row of rows) if (row.source === 'mail') outcomes.set(row.id, await applyMail(ctx, deps.tools, row));
    await deps.faultPoint('inbox.before-commit');
    await sql`
      update outreach_inbox i set processed_at = ${ctx.now}, payload = null, holds = null, outcome = coalesce(o.outcome, 'done')
      from unnest(${sql.val(rows.map(({ id }) => id))}::uuid[], ${sql.val(rows.map(({ id }) => outcomes.get(id) ?? null))}::text[])
        as o(id, outcome)
      where i.organization_id = ${ctx.organizationId} and i.id = o.id`.execute(ctx.tx);
  }

  /** The failing one among many is found by trying each alone. */
  async function oneByOne(organizationId: string): Promise<number> {
    let done = 0;
    for (let n = 0; n < BATCH; n++) {
      try {
        if ((await workOff(organizationId, 1)) === 0) return done;
        done++;
      } catch (error) {
        const parked = await inOrganization(organizationId, putOff);
        deps.onError(error, { organizationId, parked });
      }
    }
    return done;
  }

  return {
    /** Answers how many rows were worked off. */
    async run() {
      const { rows } = await sql<{ organization_id: string }>`
        select distinct organization_id from outreach_inbox
        where processed_at is null and next_attempt_at <= ${deps.clock.now()}
        limit 50`.execute(deps.platformDb);
      let done = 0;
      for (const { organization_id: organizationId } of rows) {
        try {
          done += await workOff(organizationId, BATCH);
        } catch {
          done += await oneByOne(organizationId);
        }
      }
      return done;
    },
  };
}

async function takeRows(ctx: Ctx, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select id, source, event_key as key, payload from outreach_inbox
    where organization_id = ${ctx.organizationId} and processed_at is null and next_attempt_at <= ${ctx.now}
    order by received_at, id limit ${limit}::integer
    for update skip locked`.execute(ctx.tx);
  return rows;
}

/** The one that is next in line waits, longer each time; in the end it is parked with what it says. */
async function putOff(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ parked: boolean }>`
    update outreach_inbox i set
      attempts = attempts + 1, next_attempt_at = ${ctx.now}::timestamptz + make_interval(secs => 5 * power(4, attempts)),
      processed_at = case when attempts + 1 >= ${MAX_ATTEMPTS} then ${ctx.now}::timestamptz end,
      outcome = case when attempts + 1 >= ${MAX_ATTEMPTS} then 'parked' end
    where organization_id = ${ctx.organizationId} and id = (
      select id from outreach_inbox
      where organization_id = ${ctx.organizationId} and processed_at is null and next_attempt_at <= ${ctx.now}
      order by received_at, id limit 1 for update skip locked)
    returning processed_at is not null as parked`.execute(ctx.tx);
  return rows[0]?.parked ?? false;
}
