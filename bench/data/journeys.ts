import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { Report } from '../../dev/host.ts';
import { ROOT } from '../../dev/host.ts';
import { migrate } from '../../schema/migrate.ts';

export const ORGANIZATION = '0195be00-0000-7000-8000-000000000001';

export interface BenchDatabase {
  /** The owner's login. */
  readonly url: string;
  readonly owner: postgres.Sql;
}

const SOURCE = fileURLToPath(new URL('./journeys.sql', import.meta.url));

/** Changes with the schema and with the generator; data of another shape is made anew. */
function shapeOf(): string {
  const hash = createHash('sha256').update(readFileSync(SOURCE));
  const migrations = join(ROOT, 'schema', 'migrations');
  for (const file of readdirSync(migrations).sort()) hash.update(readFileSync(join(migrations, file)));
  return hash.update(readFileSync(join(ROOT, 'schema', 'table.ts'))).digest('hex');
}

/** A migrated database with `conversions` sales and ten times as many touches; kept between runs. */
export async function journeysDatabase(serverUrl: string, conversions: number, report: Report): Promise<BenchDatabase> {
  const name = `bench_${conversions}`;
  const shape = shapeOf();
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const [found] = await admin`
      select shobj_description(oid, 'pg_database') as shape from pg_database where datname = ${name}`;
    if (found?.shape !== shape) {
      if (found) await admin.unsafe(`drop database ${name} with (force)`);
      await admin.unsafe(`create database ${name}`);
      await migrate(url);
      report(`Writing ${conversions} conversions and ${conversions * 10} interactions (once; kept for later runs)`);
      await generate(url, conversions);
      // Said last, so that data that was interrupted half-way is never taken for whole.
      await admin.unsafe(`comment on database ${name} is '${shape}'`);
    }
  } finally {
    await admin.end();
  }
  return { url, owner: postgres(url, { max: 4, onnotice: () => {} }) };
}

async function generate(url: string, conversions: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const text = readFileSync(SOURCE, 'utf8')
      .replaceAll(':conversions', String(conversions))
      .replaceAll(':organization', ORGANIZATION);
    // Several statements in one message are one transaction.
    await sql.unsafe(text).simple();
    await sql.unsafe('vacuum (analyze)');
  } finally {
    await sql.end();
  }
}
