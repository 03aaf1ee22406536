import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import postgres from 'postgres';

/**
 * The least an HTTP server in front of Postgres does: Hono, one statement per request by the owner, the answer as
 * JSON. No keys, no validation, no transaction around it, no tenant. `http.ts <port> <database url> <facts as JSON>`
 */
const [port, url, text] = process.argv.slice(2) as [string, string, string];
const { organization, customer } = JSON.parse(text) as { organization: string; customer: string };
// As many connections as the product's pool; statements are prepared once and pipelined.
const sql = postgres(url, { max: 16, onnotice: () => {} });
const app = new Hono();

interface Body {
  external_interaction_id: string;
  channel: string;
  started_at: string;
  direction: string;
  primary_intent: string;
  purchase_probability: number;
}

/** Ingestion: one INSERT into a table with the same columns and indexes; the customer is not looked up at all. */
app.post('/interactions', async (context) => {
  const body = await context.req.json<Body>();
  const [row] = await sql`
    insert into bench_floor_interactions (organization_id, external_id, customer_id, channel, direction, primary_intent,
                                          purchase_probability, started_at)
    values (${organization}, ${body.external_interaction_id}, ${customer}, ${body.channel}, ${body.direction},
            ${body.primary_intent}, ${body.purchase_probability}, ${body.started_at})
    returning id, external_id, customer_id, created_at`;
  return context.json({ data: row }, 201);
});

/** One row: a run with its progress. */
app.get('/runs/:id', async (context) => {
  const id = context.req.param('id');
  const [row] = await sql`
    select r.*, coalesce((
      select sum(p.conversions)::integer from attribution_run_partitions p
      where p.organization_id = r.organization_id and p.run_id = r.id and p.generation = r.generation
        and p.completed_at is not null), 0) as processed
    from attribution_runs r where r.organization_id = ${organization} and r.id = ${id}`;
  return context.json({ data: row });
});

/** A page of 50: the credits of a run, with the external ids of what they connect and the total. */
app.get('/runs/:id/results', async (context) => {
  const id = context.req.param('id');
  const rows = await sql`
    select r.*, c.external_id as external_event_id, i.external_id as external_interaction_id, count(*) over () as total
    from attribution_results r
    join attribution_runs run on run.organization_id = r.organization_id and run.id = r.run_id
      and run.published_generation = r.generation
    join conversions c on c.organization_id = r.organization_id and c.id = r.conversion_id
    join interactions i on i.organization_id = r.organization_id and i.id = r.interaction_id
    where r.organization_id = ${organization} and r.run_id = ${id}
    order by r.conversion_id, r.id limit 50`;
  return context.json({ data: rows });
});

/** A journey: the same facts of one person as the product shows, all statements sent at once. */
app.get('/journeys/:id', async (context) => {
  const id = context.req.param('id');
  const records = sql`
    select ${id}::uuid union all select customer_id from identity_links
    where organization_id = ${organization} and canonical_id = ${id} and ended_xid is null`;
  const [identifiers, interactions, conversions, credits] = await Promise.all([
    sql`select type, value from customer_identifiers
        where organization_id = ${organization} and customer_id in (${records}) order by type, value`,
    sql`select * from interactions where organization_id = ${organization} and customer_id in (${records})
        order by started_at, external_id limit 50`,
    sql`select * from conversions where organization_id = ${organization} and customer_id in (${records})
        order by occurred_at, external_id limit 50`,
    sql`select r.* from conversions c
        join attribution_results r on r.organization_id = c.organization_id and r.conversion_id = c.id
        join attribution_runs run on run.organization_id = r.organization_id and run.id = r.run_id
          and run.published_generation = r.generation
        where c.organization_id = ${organization} and c.customer_id in (${records}) order by r.converted_at, r.id`,
  ]);
  return context.json({ data: { identifiers, interactions, conversions, credits } });
});

app.get('/ready', (context) => context.text('ok'));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
process.on('SIGTERM', () => process.exit(0));
