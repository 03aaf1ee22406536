import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface DeliveryView {
  id: string;
  source: string;
  type: string;
  /** `static` and `token`: who sent it was proved, what it says was not. */
  auth: 'signature' | 'static' | 'token';
  status: 'waiting' | 'processed';
  outcome: string | null;
  receivedAt: Date;
  processedAt: Date | null;
}

export interface ListDeliveriesInput extends PageInput {
  source?: string | undefined;
  type?: string | undefined;
  status?: DeliveryView['status'] | undefined;
}

/** What others have sent in the last month, newest first; never what it says. */
export const listDeliveries = verb(
  { permission: 'integrations.view' },
  async (ctx, input: ListDeliveriesInput): Promise<{ items: DeliveryView[]; total: number }> => {
    const { source = null, type = null, status = null } = input;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<DeliveryView & { total: number }>`
        select id, source, event_type as type, auth, outcome, received_at as "receivedAt",
               case when processed_at is null then 'waiting' else 'processed' end as status,
               processed_at as "processedAt", count(*) over ()::integer as total
        from webhook_inbox
        where organization_id = ${ctx.organizationId}
          and (${source}::text is null or source = ${source}) and (${type}::text is null or event_type = ${type})
          and (${status}::text is null or (processed_at is null) = (${status} = 'waiting'))
        order by id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
