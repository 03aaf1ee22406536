import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createSql } from '../../schema/db.ts';

/**
 * A bare server in front of given statements: Hono, the owner's login, the rows as JSON. No key, no tenant, no
 * transaction, no formulas; of several statements the last one's rows.
 * `statement.ts <port> <database url> <file: {path: [{text, parameters}]} as JSON>`
 */
const [port, url, file] = process.argv.slice(2) as [string, string, string];
const statements = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { text: string; parameters: never[] }[]>;
const sql = createSql({ url, max: 16, name: 'bench-floor' });
const app = new Hono();

for (const [path, asked] of Object.entries(statements)) {
  app.get(path, async (context) => {
    let rows: readonly unknown[] = [];
    for (const { text, parameters } of asked) rows = await sql.unsafe(text, parameters, { prepare: true });
    return context.json({ data: rows.length === 1 ? rows[0] : rows });
  });
}

app.get('/ready', (context) => context.text('ok'));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
process.on('SIGTERM', () => process.exit(0));
