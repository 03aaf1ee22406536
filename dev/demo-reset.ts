import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, loadConfig } from '../config.ts';
import { buildDemo, DEMO_ORGANIZATIONS } from '../demo/build.ts';
import { migrate } from '../schema/migrate.ts';
import { holdLock, LOCK_MARKER, ROOT, StartError } from './host.ts';
import { startPostgres } from './postgres.ts';
import { removeOrganizations } from './remove-organizations.ts';

const report = (line: string) => process.stderr.write(`${line}\n`);

/** `npm run demo:reset`: the demo organizations as on their first day; everybody else's data stay. */
async function main(confirmed: boolean): Promise<void> {
  const envFile = join(ROOT, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const own = process.env.DATABASE_URL;
  if (own && !confirmed) {
    throw new StartError(
      'DATABASE_URL names a database of your own. To remove the demo organizations there and build them anew: npm run demo:reset -- --yes',
    );
  }
  const dataDir = resolve(ROOT, process.env.REVLOOP_DATA_DIR || '.data');
  const release = holdLock(
    join(dataDir, 'start.lock'),
    LOCK_MARKER,
    (pid) => `Revloop runs on ${dataDir} (pid ${pid}). Stop it first; the next start then shows the new demo.`,
  );
  const server = own ? undefined : await startPostgres({ dataDir: join(dataDir, 'postgres'), report });
  try {
    if (server) process.env.DATABASE_URL = server.url;
    const config = loadConfig();
    await migrate(config.database.ownerUrl);
    await removeOrganizations(config.database.ownerUrl, DEMO_ORGANIZATIONS);
    report('The demo organizations are removed');
    for (const { organizationId, organizationName, apiKey } of await buildDemo(config, report)) {
      process.stdout.write(`${organizationName}: organization ${organizationId}, API key ${apiKey}\n`);
    }
    report('Done. Their attribution runs are computed at the next start.');
  } finally {
    await server?.stop();
    release();
  }
}

try {
  await main(process.argv.includes('--yes'));
} catch (error) {
  const known = error instanceof StartError || error instanceof ConfigError;
  report(known ? error.message : ((error as Error).stack ?? String(error)));
  process.exitCode = 1;
}
