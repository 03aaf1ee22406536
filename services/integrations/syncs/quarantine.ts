import { sql } from 'kysely';
import { withoutPersons } from '../../../domain/integrations/failure-text.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface QuarantinePlace {
  readonly integrationId: string;
  readonly stream: string;
  readonly direction: 'in' | 'out';
}

export interface Failure {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** Minutes until a record is tried again, doubled by each failure up to a day. */
const FIRST_MINUTES = 5;
const MOST_MINUTES = 1_440;

/** Puts records aside that could not be taken over. Their content is asked for again, so none of it is kept. */
export async function quarantine(ctx: Ctx, place: QuarantinePlace, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  const unique = [
    ...new Map(failures.map((one) => [one.key, { ...one, message: withoutPersons(one.message) }])).values(),
  ];
  await sql`
    insert into integration_quarantine (organization_id, integration_id, stream, direction, record_key, code, message,
                                        first_failed_at, last_failed_at, next_attempt_at)
    select ${ctx.organizationId}, ${place.integrationId}, ${place.stream}, ${place.direction}, key, code,
           left(message, 500), ${ctx.now}, ${ctx.now}, ${ctx.now}::timestamptz + make_interval(mins => ${FIRST_MINUTES})
    from jsonb_to_recordset(${JSON.stringify(unique)}::jsonb) as failure(key text, code text, message text)
    order by key
    on conflict (organization_id, integration_id, stream, direction, record_key) do update
      set code = excluded.code, message = excluded.message, last_failed_at = ${ctx.now},
          attempts = integration_quarantine.attempts + 1,
          next_attempt_at = ${ctx.now}::timestamptz + make_interval(mins =>
            least(${FIRST_MINUTES} * power(2, least(integration_quarantine.attempts, 20)), ${MOST_MINUTES})::integer)`.execute(
    ctx.tx,
  );
}

/** What went through after all, or is gone. */
export async function release(ctx: Ctx, place: QuarantinePlace, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    delete from integration_quarantine
    where organization_id = ${ctx.organizationId} and integration_id = ${place.integrationId}
      and stream = ${place.stream} and direction = ${place.direction}
      and record_key = any(${sql.val([...keys])}::text[])`.execute(ctx.tx);
}

/** Records to try again, by key from `after` on. Who asks by hand does not want to wait for the pause to end. */
export async function dueRecords(
  ctx: Ctx,
  place: QuarantinePlace,
  { after, limit, ignorePause }: { after: string | null; limit: number; ignorePause: boolean },
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select record_key as key from integration_quarantine
    where organization_id = ${ctx.organizationId} and integration_id = ${place.integrationId}
      and stream = ${place.stream} and direction = ${place.direction}
      and (${ignorePause} or next_attempt_at <= ${ctx.now}) and record_key > ${after ?? ''}
    order by record_key limit ${limit}::integer`.execute(ctx.tx);
  return rows.map(({ key }) => key);
}
