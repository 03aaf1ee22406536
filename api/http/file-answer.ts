import type { Db } from '../../schema/db.ts';
import type { Scope } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { CompiledEndpoint } from './compile.ts';
import type { FilePage } from './endpoint.ts';

/**
 * A file that the verb hands out page by page, each in a transaction of its own: it is never held as a whole, and a
 * slow reader holds no connection. The first page is read before the answer begins, so its refusal is a plain one.
 */
export async function streamFile(
  { db }: { readonly db: Db },
  { endpoint: { verb, file } }: CompiledEndpoint,
  scope: Scope,
  input: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const readPage = (after: string | null): Promise<FilePage> =>
    inTransaction(db, scope, (ctx) => verb(ctx, { ...(input as object), after }) as Promise<FilePage>, {
      readOnly: true,
    });
  let page: FilePage | null = await readPage(null);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!page) return controller.close();
      controller.enqueue(Buffer.from(page.text, 'utf8'));
      page = page.next === null ? null : await readPage(page.next);
      if (!page) controller.close();
    },
  });
  return new Response(body, {
    status: 200,
    headers: {
      ...headers,
      'content-type': `${file!.mediaType}; charset=utf-8`,
      'content-disposition': `${file!.inline ? 'inline' : 'attachment'}; filename="${file!.name}"`,
      ...(file!.inline ? { 'content-security-policy': file!.inline.contentSecurityPolicy } : {}),
    },
  });
}
