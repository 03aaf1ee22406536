import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './host.ts';
import { urlFor } from './postgres.ts';
import { type Stop, startTestPostgres, TEMPLATE } from './test-postgres.ts';

const TYPES = { int8: 'number', xid8: 'string', pg_snapshot: 'string', bytea: 'Uint8Array' };

/** The catalogue calls every column of a view nullable; these never are. */
const OVERRIDES = {
  columns: Object.fromEntries(
    Object.entries({
      amount_minor: 'number',
      channel: 'string',
      conversion_id: 'string',
      converted_at: 'Timestamp',
      currency: 'string',
      customer_id: 'string',
      generation: 'number',
      id: 'string',
      interaction_id: 'string',
      is_primary_touch: 'boolean',
      model_code: 'string',
      organization_id: 'string',
      run_id: 'string',
      touched_at: 'Timestamp',
      weight: 'number',
    }).map(([column, type]) => [`attribution_results.${column}`, type]),
  ),
};

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
    ].concat('--type-mapping', JSON.stringify(TYPES), '--overrides', JSON.stringify(OVERRIDES)),
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return `${stdout.trim()}\n`;
}

/** `npm run schema:types`: `schema/database.gen.ts` from the template of tests, which all migrations have made. */
if (import.meta.main) {
  // The server runs on its own; this keeps the event loop alive while its end is awaited.
  const alive = setInterval(() => {}, 60_000);
  const stops: Stop[] = [];
  try {
    const { port } = await startTestPostgres(stops);
    writeFileSync(join(ROOT, 'schema/database.gen.ts'), await generateTypes(urlFor(port, TEMPLATE)));
    process.stdout.write('schema/database.gen.ts is written.\n');
  } finally {
    for (const stop of stops.reverse()) await stop();
    clearInterval(alive);
  }
}
