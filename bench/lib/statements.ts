import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../dev/host.ts';
import type { Databases } from '../../schema/db.ts';
import type { Ctx } from '../../services/core/context.ts';
import type { BenchContext } from './context.ts';
import { startProcess, untilReady } from './processes.ts';
import { commit } from './product.ts';

export interface Statement {
  text: string;
  parameters: readonly unknown[];
}

/** The statements that a verb runs, as texts and parameters; what it does is committed. */
export async function statementsOf(databases: Databases, verb: (ctx: Ctx) => Promise<unknown>): Promise<Statement[]> {
  const found: Statement[] = [];
  await commit(databases, (ctx) => {
    const tx = ctx.tx.withPlugin({
      transformQuery({ node, queryId }) {
        const { sql, parameters } = ctx.tx.getExecutor().compileQuery(node, queryId);
        found.push({ text: sql, parameters });
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    return verb({ ...ctx, tx });
  });
  return found;
}

/** A bare server in front of what a verb asks, by path (bench/floors/statement.ts). Answers its address. */
export async function serveStatements(
  databaseUrl: string,
  statements: Readonly<Record<string, readonly Statement[]>>,
  context: BenchContext,
): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'revloop-bench-')), 'statements.json');
  writeFileSync(file, JSON.stringify(statements));
  const port = await freePort();
  const floor = startProcess('bench/floors/statement.ts', { args: [String(port), databaseUrl, file] });
  context.cleanUp(floor.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  return `http://127.0.0.1:${port}`;
}
