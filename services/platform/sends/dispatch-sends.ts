import { sql } from 'kysely';
import type { DeliveryOutcome, MailContent, MailTransport, SendPurpose } from '../../../domain/platform/mail.port.ts';
import type { Db } from '../../../schema/db.ts';
import type { Clock } from '../../core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../core/context.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import type { Secrets } from '../../core/secrets.ts';
import { inTransaction } from '../../core/transaction.ts';
import { CONTENT_FIELD } from './plan-mail.ts';
import {
  beginDispatch,
  type ClaimedSend,
  claimSend,
  finishDispatch,
  readUnknown,
  type SendGuard,
  settleUnknown,
} from './send-steps.ts';

export interface SendDispatcherDeps {
  readonly appDb: Db;
  /** Sees which sends are due in all organizations, and nothing of what is in them. */
  readonly platformDb: Db;
  readonly secrets: Secrets;
  readonly transport: MailTransport;
  readonly guards: readonly SendGuard[];
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly onError: (error: unknown, send: { organizationId: string; sendId: string }) => void;
}

const BATCH = 50;
const AT_ONCE = 4;

interface Due {
  organization_id: string;
  id: string;
}

/**
 * Hands due sends to the transport. Any number of processes may do so, and any of them may be killed at any line: each
 * send leaves at most once, and none is forgotten.
 */
export function createSendDispatcher(deps: SendDispatcherDeps): { dispatch(): Promise<number> } {
  const { appDb, platformDb, transport, guards, clock, faultPoint } = deps;
  const inOrganization = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(appDb, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  async function attend({ organization_id: organizationId, id }: Due): Promise<void> {
    const claim = await inOrganization(organizationId, (ctx) => claimSend(ctx, id, guards));
    if (claim.kind === 'ask') await ask(organizationId, id);
    if (claim.kind === 'send') await carryOut(organizationId, claim.send);
  }

  async function carryOut(organizationId: string, send: ClaimedSend): Promise<void> {
    await faultPoint('sends.claimed');
    const content = await inOrganization(organizationId, async (ctx) => {
      if (!(await beginDispatch(ctx, send, transport.name, guards))) return null;
      const box = await deps.secrets.openBox(ctx);
      const place = { table: 'sends', field: CONTENT_FIELD, rowId: send.id };
      return JSON.parse(box.open(place, send.content)) as MailContent;
    });
    if (!content) return;
    await faultPoint('sends.dispatching');
    const outcome = await handOver(organizationId, send, content);
    await faultPoint('sends.delivered');
    await inOrganization(organizationId, (ctx) => finishDispatch(ctx, send, outcome));
    await faultPoint('sends.finished');
  }

  async function handOver(
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
  async function ask(organizationId: string, sendId: string): Promise<void> {
    const unknown = await inOrganization(organizationId, (ctx) => readUnknown(ctx, sendId));
    if (!unknown) return;
    const found = transport.find
      ? ((await transport.find({ organizationId, sendId, now: clock.now() })) ?? 'missing')
      : 'undecided';
    await faultPoint('sends.asked');
    await inOrganization(organizationId, (ctx) => settleUnknown(ctx, unknown, found));
  }

  return {
    /** Answers how many sends were attended to. */
    async dispatch() {
      const now = clock.now();
      const { rows } = await sql<Due>`
        select organization_id, id from sends
        where settled_at is null and next_attempt_at <= ${now} and (claimed_until is null or claimed_until < ${now})
        order by next_attempt_at
        limit ${BATCH}`.execute(platformDb);
      const queue = [...rows];
      const work = async () => {
        for (let due = queue.shift(); due; due = queue.shift()) {
          const { organization_id: organizationId, id: sendId } = due;
          await attend(due).catch((error: unknown) => deps.onError(error, { organizationId, sendId }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return rows.length;
    },
  };
}
