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

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);

/** The generator and each migration by its content: what the data was made with. */
function shapeOf(): string[] {
  const migrations = join(ROOT, 'schema', 'migrations');
  const files = readdirSync(migrations).filter((name) => /^\d/.test(name));
  return [
    `generator=${hashOf(SOURCE)}`,
    ...files.sort().map((name) => `${name.replace('.ts', '')}=${hashOf(join(migrations, name))}`),
  ];
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
    // Newer migrations are applied to data that is there; only an edited one, or another generator, makes it anew.
    const isKept = found?.shape?.split(' ').every((part: string) => shape.includes(part));
    if (!isKept) {
      if (found) await admin.unsafe(`drop database ${name} with (force)`);
      await admin.unsafe(`create database ${name}`);
    }
    await migrate(url);
    if (!isKept) {
      report(`Writing ${conversions} conversions and ${conversions * 10} interactions (once; kept for later runs)`);
      await generate(url, conversions);
      // Said last, so that data that was interrupted half-way is never taken for whole.
      await admin.unsafe(`comment on database ${name} is '${shape.join(' ')}'`);
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
