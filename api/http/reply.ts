import { AppError } from '../../domain/core/errors.ts';
import type { Db } from '../../schema/db.ts';
import type { Scope } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { CompiledEndpoint } from './compile.ts';

/** An answer for people and mail programs rather than for callers of an API. */
export interface Reply<O> {
  readonly mediaType: string;
  readonly status?: 200 | 302;
  readonly render: (result: O) => {
    readonly body: string | Uint8Array | null;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** A page, a picture or a redirect for whoever opens a link of a message. Refusals are those of the face. */
export async function serveReply(
  { db, afterCommit }: { readonly db: Db; readonly afterCommit: (commandIds: readonly string[]) => void },
  { endpoint }: CompiledEndpoint,
  scope: Scope,
  input: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const { verb, reply, transaction } = endpoint;
  const readOnly = transaction === 'read';
  const { result, commandIds } = await inTransaction(
    db,
    scope,
    async (ctx) => ({ result: await verb(ctx, input), commandIds: ctx.commandIds }),
    { readOnly },
  );
  if (!readOnly) afterCommit(commandIds);
  // Returned, not thrown: what was written stays (`committedRefusal`).
  if (result instanceof AppError) throw result;
  const { body, headers: own } = reply!.render(result);
  return new Response(body as string | Uint8Array<ArrayBuffer> | null, {
    status: reply!.status ?? 200,
    headers: { ...headers, 'content-type': reply!.mediaType, ...own },
  });
}
