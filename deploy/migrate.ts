// npm run migrate, and the migration job of a deployment: brings DATABASE_URL to the newest schema.
import { existsSync } from 'node:fs';
import { loadConfig } from '../config.ts';
import { migrate } from '../schema/migrate.ts';

const envFile = new URL('../.env', import.meta.url);
if (existsSync(envFile)) process.loadEnvFile(envFile);
await migrate(loadConfig().database.ownerUrl);
process.stdout.write('The schema is up to date.\n');
