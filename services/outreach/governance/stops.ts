import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

/**
 * Until this transaction ends, nobody else claims or stops a message to these: addresses, people, accounts. Whoever
 * needs several names them at once, so that two never wait for each other.
 */
export async function holdContacts(ctx: Ctx, keys: readonly (string | null)[]): Promise<void> {
  const names = [...new Set(keys.filter((key) => key !== null).map((key) => key.toLowerCase()))];
  if (names.length === 0) return;
  await sql`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(${ctx.organizationId} || ':contact:' || name, 0) as key
      from unnest(${sql.val(names)}::text[]) name order by 1) held`.execute(ctx.tx);
}

/** Sends whose contacts the transaction holds already: several guards ask for the same ones. */
const held = new WeakMap<Ctx['tx'], Set<string>>();

/** Whom a send concerns, once in each transaction that moves it on. Not for transactions with savepoints: those let go. */
export async function holdContactsOf(
  ctx: Ctx,
  send: { id: string; toAddress: string; prospectId: string | null; accountId: string | null },
): Promise<void> {
  const known = held.get(ctx.tx) ?? new Set();
  if (known.has(send.id)) return;
  await holdContacts(ctx, [send.toAddress, send.prospectId, send.accountId]);
  held.set(ctx.tx, known.add(send.id));
}

/** Longer than a provider is given to answer, shorter than a statement may take. */
const PATIENCE_SECONDS = 12;
const LOOK_SECONDS = 0.1;

/**
 * Ends a stop (unsubscribe, opt-out, reply): waits until no message to these addresses is on its way. Call it after
 * `holdContacts` and after the stop is written: no other message begins meanwhile, and whoever is told of the stop knows that
 * none will. Returns an error to hand on as a committed refusal when a message is still out: the stop stays, only
 * its acknowledgement does not.
 */
export async function settleDispatches(ctx: Ctx, addresses: readonly string[]): Promise<AppError | null> {
  const names = addresses.map((address) => address.toLowerCase());
  for (let looks = 0; looks * LOOK_SECONDS < PATIENCE_SECONDS; looks++) {
    // A claim that has run out hands nothing over any more.
    const { rows } = await sql<{ open: boolean }>`
      select exists (
        select from sends where organization_id = ${ctx.organizationId} and state = 'dispatching'
          and lower(to_address) = any(${sql.val(names)}::text[]) and claimed_until > ${ctx.now}) as open`.execute(
      ctx.tx,
    );
    if (!rows[0]?.open) return null;
    await sql`select pg_sleep(${LOOK_SECONDS})`.execute(ctx.tx);
  }
  return new AppError('unavailable', 'MESSAGE_UNDER_WAY', 'It is stored, but one message is still being handed over.', {
    hint: 'Repeat the request: it is answered as soon as that message has settled. No other one will follow.',
    retryAfterSeconds: 5,
  });
}
