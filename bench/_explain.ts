import { startPostgres } from '../dev/postgres.ts';
import { cacheDir } from '../dev/host.ts';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createSql, createDb } from '../schema/db.ts';
import { insertCredits } from '../services/insight/attribution/credits.query.ts';
import { resolveRunConfig } from '../services/insight/attribution/run-config.ts';
const [n, frac, models = 'TIME_DECAY', mode = 'explain'] = process.argv.slice(2);
const pg = await startPostgres({ dataDir: join(cacheDir('bench'), 'postgres'), port: 36981 }).catch(() => ({ url: 'postgres://revloop:revloop-development@127.0.0.1:36981/revloop' }));
const url = pg.url.replace(/revloop$/, 'bench_' + n);
const client = createSql({ url, max: 1, name: 'x' });
client.options.onnotice = (m: any) => console.log(m.message.slice(0, 400000));
const db = createDb(client);
const org = '0195be00-0000-7000-8000-000000000001';
await db.connection().execute(async (tx: any) => {
  if (mode === 'explain') { await sql`load 'auto_explain'`.execute(tx);
  for (const s of ['auto_explain.log_min_duration=0','auto_explain.log_analyze=on','auto_explain.log_buffers=on','client_min_messages=log','auto_explain.log_timing=' + (process.env.TIMING ?? 'on')]) await sql.raw('set ' + s).execute(tx); }
  await sql`begin`.execute(tx);
  await sql`select set_config('app.organization_id', ${org}, true), set_config('work_mem','64MB',true)`.execute(tx);
  await sql`set local role revloop_app`.execute(tx);
  const { rows } = await sql<any>`select pg_current_snapshot()::text as s`.execute(tx);
  const b = await sql<any>`select customer_id as c from conversions order by customer_id offset 100000*${Number(n)}/500000 limit 1`.execute(tx);
  const e = await sql<any>`select customer_id as c from conversions order by customer_id offset ${Math.floor(100000*Number(n)/500000 + Number(n) * Number(frac))} limit 1`.execute(tx);
  const run = { organizationId: org, runId: org, generation: 1, snapshot: rows[0].s, config: resolveRunConfig('TIME_DECAY', { models: models.split(',') as any }), inputs: { timeZone: 'UTC', intentWeights: {} } };
  for (let k = 0; k < (mode === 'time' ? 4 : 1); k++) {
    const t = performance.now();
    await sql`savepoint a`.execute(tx);
    console.log(await insertCredits(tx, run as any, { from: b.rows[0].c, to: e.rows[0].c }), Math.round(performance.now() - t));
    await sql`rollback to savepoint a`.execute(tx);
  }
  await sql`rollback`.execute(tx);
});
process.exit(0);
