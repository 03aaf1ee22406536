import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '../schema/migrate.ts';
import { cacheDir, ROOT } from './host.ts';
import { startPostgres } from './postgres.ts';

const TYPES = { int8: 'number', xid8: 'string', pg_snapshot: 'string', bytea: 'Uint8Array' };

/** The TypeScript text for the catalogue of a migrated database. */
export async function generateTypes(url: string): Promise<string> {
  const cli = join(ROOT, 'node_modules/kysely-codegen/dist/cli/bin.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      cli,
      '--dialect',
      'postgres',
      '--url',
      url,
      '--print',
      '--log-level',
      'silent',
      '--exclude-pattern',
      'kysely_*',
    ].concat('--type-mapping', JSON.stringify(TYPES)),
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return `${stdout.trim()}\n`;
}

/** `npm run schema:types`: a fresh server, all migrations, then `schema/database.gen.ts`. */
if (import.meta.main) {
  // Nothing of another checkout, whose migrations are others, may be in it.
  const folder = mkdtempSync(join(cacheDir('schema-types'), 'run-'));
  const server = await startPostgres({ dataDir: join(folder, 'postgres') });
  try {
    await migrate(server.url);
    writeFileSync(join(ROOT, 'schema/database.gen.ts'), await generateTypes(server.url));
    process.stdout.write('schema/database.gen.ts is written.\n');
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
