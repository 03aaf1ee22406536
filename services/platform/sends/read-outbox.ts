import { notFound } from '../../../domain/core/errors.ts';
import type { MailAddress, MailContent } from '../../../domain/platform/mail.port.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import type { SecretBox, Secrets } from '../../core/secrets.ts';
import { CONTENT_FIELD } from './plan-message.ts';

export interface OutboxMessage extends MailContent {
  readonly id: string;
  readonly sendId: string;
  readonly channel: string;
  readonly purpose: string;
  readonly from: string;
  readonly to: readonly MailAddress[];
  readonly prospectId: string | null;
  readonly createdAt: Date;
}

/** They hold links that sign people in: only who may set anybody's password anyway may read them. */
const mayReadTransactional = ({ principal: { permissions } }: Ctx): boolean =>
  permissions === 'all' || (permissions.has('users.edit') && permissions.has('organization.edit'));

const messages = (ctx: Ctx) => {
  const query = ctx.tx
    .selectFrom('outbox_messages as m')
    .innerJoin('sends as s', (join) =>
      join.onRef('s.organization_id', '=', 'm.organization_id').onRef('s.id', '=', 'm.send_id'),
    )
    .select(['m.id', 'm.send_id', 'm.channel', 'm.purpose', 'm.to_addresses', 'm.from_address', 'm.content'])
    .select(['m.created_at', 's.prospect_id']);
  return mayReadTransactional(ctx) ? query : query.where('m.purpose', '!=', 'transactional');
};

type Row = Awaited<ReturnType<ReturnType<typeof messages>['execute']>>[number];

function toMessage(box: SecretBox, row: Row): OutboxMessage {
  const place = { table: 'outbox_messages', field: CONTENT_FIELD, rowId: row.id };
  return {
    ...(JSON.parse(box.open(place, row.content)) as MailContent),
    id: row.id,
    sendId: row.send_id,
    channel: row.channel,
    purpose: row.purpose,
    from: row.from_address,
    to: row.to_addresses as unknown as MailAddress[],
    prospectId: row.prospect_id,
    createdAt: row.created_at,
  };
}

export interface ListOutboxInput extends PageInput {
  /** Part of no address: the whole one, in any case. */
  to?: string | undefined;
  channel?: string | undefined;
  secrets: Secrets;
}

/** What the built-in transport has taken, newest first. */
export const listOutbox = verb({ permission: 'emails.view' }, async (ctx, input: ListOutboxInput) => {
  const { to, channel, secrets } = input;
  const { rows, total } = await readPage(input, (limit, offset) => {
    let query = messages(ctx).select(({ fn }) => fn.countAll<number>().over().as('total'));
    if (to !== undefined)
      query = query.where((eb) => eb(eb.fn<string>('lower', ['s.to_address']), '=', to.toLowerCase()));
    if (channel !== undefined) query = query.where('m.channel', '=', channel);
    return query.orderBy('m.id', 'desc').limit(limit).offset(offset).execute();
  });
  const box = await secrets.openBox(ctx);
  return { items: rows.map((row) => toMessage(box, row)), total };
});

export const getOutboxMessage = verb(
  { permission: 'emails.view' },
  async (ctx, { id, secrets }: { id: string; secrets: Secrets }): Promise<OutboxMessage> => {
    const row = await messages(ctx).where('m.id', '=', id).executeTakeFirst();
    if (!row) throw notFound('The message');
    return toMessage(await secrets.openBox(ctx), row);
  },
);
