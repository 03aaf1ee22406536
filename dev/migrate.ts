// npm run migrate: brings the database of DATABASE_URL to the newest schema.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../config.ts';
import { migrate } from '../schema/migrate.ts';
import { ROOT } from './host.ts';

const envFile = join(ROOT, '.env');
if (existsSync(envFile)) process.loadEnvFile(envFile);
await migrate(loadConfig().database.ownerUrl);
process.stdout.write('The schema is up to date.\n');
