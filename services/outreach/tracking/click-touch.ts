import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { recordTouch, voidTouch } from '../../crm/index.ts';
import { withdrawSignals } from '../../crm/intent/index.ts';
import { type MailFacts, noteEngagement, readMails, touchOf } from './touch-facts.ts';

interface Click {
  readonly id: string;
  readonly link: number | null;
  readonly at: Date;
  readonly human: boolean;
  /** When the touch of this visit begins, while it counts. */
  readonly touchedAt: Date | null;
  readonly signalId: string | null;
  readonly signalVersion: number;
  readonly signalAt: Date | null;
}

const touchIdOf = (visitId: string): string => `b:email_tracking_events:${visitId}`;
const signalKeyOf = (visitId: string): string => `email_click:${visitId}`;

/**
 * A person's first click on a link is a touch that came from them, and a sign of interest. Providers tell of clicks in any
 * order, and a scanner is known by what it does next: what is said of each link follows from all that is known of it.
 */
export async function touchByClicks(ctx: Ctx, event: DomainEvent<{ id: string }>): Promise<void> {
  const mail = (await readMails(ctx, [event.data.id])).get(event.data.id);
  if (!mail?.prospectId) return;
  // Whoever writes visits down holds the e-mail: either they come first and are seen here, or they tell of it again.
  await sql`select from emails where organization_id = ${ctx.organizationId} and id = ${mail.id} for share`.execute(
    ctx.tx,
  );
  for (const clicks of await readClicks(ctx, mail.id)) {
    const first = clicks.find(({ human }) => human);
    await settleTouch(ctx, mail, clicks, first);
    await settleSignal(ctx, mail.prospectId, clicks, first);
  }
}

/** The touch keeps the name of the visit that was told of first, and its time is that of the first one. */
async function settleTouch(ctx: Ctx, mail: MailFacts, clicks: readonly Click[], first?: Click): Promise<void> {
  const touched = clicks.find(({ touchedAt }) => touchedAt !== null);
  if (!first) {
    if (touched) await voidTouch(ctx, touchIdOf(touched.id), 'A scanner followed the link.');
  } else if (touched?.touchedAt?.getTime() !== first.at.getTime()) {
    const externalId = touchIdOf((touched ?? first).id);
    await recordTouch(ctx, { ...touchOf(mail), externalId, direction: 'inbound', startedAt: first.at });
  }
}

async function settleSignal(ctx: Ctx, prospectId: string, clicks: readonly Click[], first?: Click): Promise<void> {
  const known = clicks.flatMap(({ signalId, signalVersion, signalAt }) =>
    signalId ? [{ id: signalId, version: signalVersion, at: signalAt! }] : [],
  );
  const stale = known.filter(({ at }) => at.getTime() !== first?.at.getTime());
  if (stale.length > 0) await withdrawSignals(ctx, stale);
  if (first && stale.length === known.length) await noteEngagement(ctx, prospectId, signalKeyOf(first.id), first.at);
}

/** By link, each in the order in which they happened. */
async function readClicks(ctx: Ctx, emailId: string): Promise<Click[][]> {
  const { rows } = await sql<Click>`
    select v.id, v.link, v.occurred_at as at, v.machine_reason is null as human, i.started_at as "touchedAt",
           s.id as "signalId", s.version as "signalVersion", s.occurred_at as "signalAt"
    from email_tracking_events v
    left join interactions i on i.organization_id = v.organization_id and i.voided_at is null
      and i.external_id = ${touchIdOf('')} || v.id
    left join intent_signals s on s.organization_id = v.organization_id and s.source_key = ${signalKeyOf('')} || v.id
    where v.organization_id = ${ctx.organizationId} and v.email_id = ${emailId} and v.type = 'click'
    order by v.occurred_at, v.id`.execute(ctx.tx);
  return [...Map.groupBy(rows, ({ link }) => link).values()];
}
