import { type RawBuilder, sql } from 'kysely';
import type { FilterFields } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import type { IntentSignalType } from '../../../domain/crm/intent.rules.ts';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface SignalView {
  id: string;
  type: IntentSignalType;
  topic: string | null;
  source: string;
  sourceKey: string | null;
  prospectId: string | null;
  accountId: string | null;
  strength: number;
  halfLifeDays: number;
  title: string | null;
  url: string | null;
  data: Record<string, unknown>;
  occurredAt: Date;
  expiresAt: Date;
  createdAt: Date;
}

/** Of signals `s`. */
export const signalColumns: RawBuilder<unknown> = sql.raw(`
  s.id, s.type, s.topic, s.source, s.source_key as "sourceKey", s.prospect_id as "prospectId",
  s.account_id as "accountId", s.strength, s.half_life_days as "halfLifeDays", s.title, s.url, s.data,
  s.occurred_at as "occurredAt", s.expires_at as "expiresAt", s.created_at as "createdAt"`);

export interface ListSignalsInput extends PageInput {
  type?: IntentSignalType | undefined;
  prospectId?: string | undefined;
  /** The company's own signals and those of its people. */
  accountId?: string | undefined;
  source?: string | undefined;
  /** Also those whose time is over. */
  includeExpired?: boolean | undefined;
  sort: readonly SortKey[];
}

export const SIGNAL_FIELDS = {
  occurredAt: { type: 'timestamp', sortable: true },
  strength: { type: 'number', sortable: true },
  expiresAt: { type: 'timestamp', sortable: true },
} as const satisfies FilterFields;
const SORT_COLUMNS: Readonly<Record<string, string>> = {
  occurredAt: 's.occurred_at',
  strength: 's.strength',
  expiresAt: 's.expires_at',
};

export const listSignals = verb(
  { permission: 'intent.view' },
  async (ctx, input: ListSignalsInput): Promise<{ items: SignalView[]; total: number }> => {
    const where = sql.join(
      [
        sql`s.organization_id = ${ctx.organizationId}`,
        ...(input.type === undefined ? [] : [sql`s.type = ${input.type}`]),
        ...(input.prospectId === undefined ? [] : [sql`s.prospect_id = ${input.prospectId}`]),
        ...(input.accountId === undefined
          ? []
          : [
              sql`(s.account_id = ${input.accountId} or s.prospect_id in (
                select p.id from prospects p
                where p.organization_id = ${ctx.organizationId} and p.account_id = ${input.accountId}
                  and p.deleted_at is null))`,
            ]),
        ...(input.source === undefined ? [] : [sql`s.source = ${input.source}`]),
        ...(input.includeExpired ? [] : [sql`s.expires_at > ${ctx.now}`]),
      ],
      sql` and `,
    );
    const order = sql.join([
      ...input.sort.map(({ field, descending }) => sql.raw(`${SORT_COLUMNS[field]} ${descending ? 'desc' : 'asc'}`)),
      sql`s.id desc`,
    ]);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<SignalView & { total: number }>`
        select ${signalColumns}, (select count(*) from intent_signals s where ${where})::integer as total
        from intent_signals s where ${where}
        order by ${order} limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
