import { notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { newWriteKey } from './write-key-format.ts';

export interface WriteKeyView {
  id: string;
  name: string;
  /** Not a secret: it stands in the source of the pages that use it. */
  key: string;
  status: string;
  createdAt: Date;
  updatedAt: Date;
}

const COLUMNS = ['id', 'name', 'key', 'status', 'created_at as createdAt', 'updated_at as updatedAt'] as const;

export const createWriteKey = verb(
  { permission: 'integrations.edit' },
  async (ctx, { name }: { name: string }): Promise<WriteKeyView> => {
    const row = await ctx.tx
      .insertInto('write_keys')
      .values({ name, key: newWriteKey() })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await audit(ctx, 'write_key.create', { entityType: 'write_key', entityId: row.id, after: { name } });
    return row;
  },
);

/** Newest first, revoked ones included. */
export const listWriteKeys = verb(
  { permission: 'integrations.view' },
  async (ctx, input: PageInput): Promise<{ items: WriteKeyView[]; total: number }> => {
    const { rows, total } = await readPage(input, (limit, offset) =>
      ctx.tx
        .selectFrom('write_keys')
        .select(COLUMNS)
        .select(({ fn }) => fn.countAll<number>().over().as('total'))
        .where('organization_id', '=', ctx.organizationId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .offset(offset)
        .execute(),
    );
    return { items: rows.map(({ total: _, ...row }) => row), total: Number(total) };
  },
);

/** For good; a key that is revoked already stays as it is. @throws AppError not_found. */
export const revokeWriteKey = verb(
  { permission: 'integrations.edit' },
  async (ctx, { id }: { id: string }): Promise<WriteKeyView> => {
    const row = await ctx.tx
      .selectFrom('write_keys')
      .select(COLUMNS)
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The write key');
    if (row.status === 'revoked') return row;
    const { name } = row;
    await audit(ctx, 'write_key.revoke', { entityType: 'write_key', entityId: id, before: { name } });
    return ctx.tx
      .updateTable('write_keys')
      .set({ status: 'revoked' })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
  },
);
