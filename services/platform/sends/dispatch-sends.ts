import { sql } from 'kysely';
import {
  type DeliveryOutcome,
  type MailContent,
  type MailTransport,
  SEND_CHANNELS,
  type SendChannel,
  type SendPurpose,
} from '../../../domain/platform/mail.port.ts';
import { CLAIM_SECONDS } from '../../../domain/platform/send.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { type Circuit, createCircuit } from '../../core/circuit.ts';
import type { Clock } from '../../core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../core/context.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import type { Secrets } from '../../core/secrets.ts';
import { inTransaction } from '../../core/transaction.ts';
import { CONTENT_FIELD } from './plan-message.ts';
import type { SendGuard, SendObserver } from './send-guards.ts';
import {
  beginDispatch,
  type ClaimedSend,
  claimSend,
  finishDispatch,
  readUnknown,
  settleUnknown,
} from './send-steps.ts';

export interface SendDispatcherDeps {
  readonly appDb: Db;
  /** Sees which sends are due in all organizations, and nothing of what is in them. */
  readonly platformDb: Db;
  readonly secrets: Secrets;
  /** The way out of e-mail, and of every channel that has none of its own. */
  readonly transport: MailTransport;
  readonly byChannel?: Partial<Readonly<Record<SendChannel, MailTransport>>>;
  readonly guards: readonly SendGuard[];
  readonly observers?: readonly SendObserver[];
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly onError: (error: unknown, send: { organizationId: string; sendId: string }) => void;
}

/** Organizations take turns, so that a large mailing of one does not hold up the mails of the others. */
const BATCH = 50;
/**
 * So many wait for an answer at once: a provider that takes 100 ms is handed 60 a second by each process. Mails and texts
 * together leave a quarter of the pool to everything else, also while each of them waits for somebody's stop.
 */
export const AT_ONCE = 6;
const TOO_LATE: DeliveryOutcome = { kind: 'later', code: 'CLAIM_EXPIRED' };

interface Due {
  organization_id: string;
  id: string;
  channel: SendChannel;
}

/** A message that was refused shows a provider that works; one that is asked to wait for its own sake says nothing. */
function learn(circuit: Circuit, outcome: DeliveryOutcome | 'unknown'): void {
  if (outcome === 'unknown') circuit.failed();
  else if (outcome.kind !== 'later') circuit.succeeded();
  else if (outcome.retryAfterSeconds !== undefined) circuit.restFor(outcome.retryAfterSeconds);
  else if (outcome.code.endsWith('_UNREACHABLE')) circuit.failed();
}

/**
 * Hands due sends to the transport. Any number of processes may do so, and any of them may be killed at any line: each
 * send leaves at most once, and none is forgotten.
 */
export function createSendDispatcher(deps: SendDispatcherDeps): {
  /** Answers how many sends were attended to. Of these channels alone, so that each way out can have a round of its own. */
  dispatch(channels?: readonly SendChannel[]): Promise<number>;
} {
  const { appDb, platformDb, guards, observers = [], clock, faultPoint } = deps;
  const hooks = { guards, observers };
  const transportOf = (channel: SendChannel): MailTransport => deps.byChannel?.[channel] ?? deps.transport;
  const circuits = new Map<MailTransport, Circuit>();
  const circuitOf = (channel: SendChannel): Circuit => {
    const transport = transportOf(channel);
    const circuit = circuits.get(transport) ?? createCircuit();
    circuits.set(transport, circuit);
    return circuit;
  };
  const inOrganization = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(appDb, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  async function attend({ organization_id: organizationId, id }: Due): Promise<void> {
    const claim = await inOrganization(organizationId, (ctx) => claimSend(ctx, id, hooks));
    if (claim.kind === 'ask') await ask(organizationId, id, transportOf(claim.channel));
    if (claim.kind === 'send') await carryOut(organizationId, claim.send);
  }

  async function carryOut(organizationId: string, send: ClaimedSend): Promise<void> {
    await faultPoint('sends.claimed');
    const transport = transportOf(send.channel);
    const begunAt = clock.now().getTime();
    const content = await inOrganization(organizationId, async (ctx) => {
      if (!(await beginDispatch(ctx, send, transport.name, hooks))) return null;
      const box = await deps.secrets.openBox(ctx);
      const place = { table: 'sends', field: CONTENT_FIELD, rowId: send.id };
      return JSON.parse(box.open(place, send.content)) as MailContent;
    });
    if (!content) return;
    await faultPoint('sends.dispatching');
    // Whoever slept through the claim may have been taken for dead, and a stop acknowledged meanwhile: nothing leaves.
    const isLate = clock.now().getTime() >= begunAt + CLAIM_SECONDS * 1000;
    const outcome = isLate ? TOO_LATE : await handOver(transport, organizationId, send, content);
    if (!isLate) learn(circuitOf(send.channel), outcome);
    await faultPoint('sends.delivered');
    await inOrganization(organizationId, (ctx) => finishDispatch(ctx, send, outcome, observers));
    await faultPoint('sends.finished');
  }

  async function handOver(
    transport: MailTransport,
    organizationId: string,
    send: ClaimedSend,
    content: MailContent,
  ): Promise<DeliveryOutcome | 'unknown'> {
    try {
      return await transport.deliver({
        ...content,
        organizationId,
        sendId: send.id,
        attempt: send.attempt,
        channel: send.channel,
        purpose: send.purpose as SendPurpose,
        from: send.fromAddress,
        to: { email: send.toAddress, name: send.toName },
        now: clock.now(),
      });
    } catch (error) {
      deps.onError(error, { organizationId, sendId: send.id });
      return 'unknown';
    }
  }

  /** Outside of any transaction: a provider may take its time to answer. */
  async function ask(organizationId: string, sendId: string, transport: MailTransport): Promise<void> {
    const unknown = await inOrganization(organizationId, (ctx) => readUnknown(ctx, sendId));
    if (!unknown) return;
    const found = transport.find
      ? ((await transport.find({ organizationId, sendId, now: clock.now() })) ?? 'missing')
      : transport.reportsEvents
        ? 'unreported'
        : 'undecided';
    await faultPoint('sends.asked');
    await inOrganization(organizationId, (ctx) => settleUnknown(ctx, unknown, found, observers));
  }

  return {
    async dispatch(channels = SEND_CHANNELS) {
      const now = clock.now();
      const open = channels.filter((channel) => !circuitOf(channel).isOpen());
      if (open.length === 0) return 0;
      const { rows } = await sql<Due>`
        select organization_id, id, channel
        from (
          select organization_id, id, channel, next_attempt_at,
                 row_number() over (partition by organization_id order by next_attempt_at) as turn
          from sends
          where channel = any(${open}::text[]) and settled_at is null and next_attempt_at <= ${now} and (claimed_until is null or claimed_until < ${now})
        ) due
        order by turn, next_attempt_at
        limit ${BATCH}`.execute(platformDb);
      const queue = [...rows];
      const work = async () => {
        for (let due = queue.shift(); due; due = queue.shift()) {
          const { organization_id: organizationId, id: sendId } = due;
          // What fails meanwhile spares the rest of the batch: they stay planned as they are.
          if (circuitOf(due.channel).isOpen()) continue;
          await attend(due).catch((error: unknown) => deps.onError(error, { organizationId, sendId }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return rows.length;
    },
  };
}
