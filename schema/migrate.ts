import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import { MIGRATIONS } from './migrations/index.ts';

/** Brings the database to the newest schema. Safe to call from several processes at once (Kysely locks). */
export async function migrate(ownerUrl: string): Promise<void> {
  const db = new Kysely<unknown>({
    dialect: new PostgresJSDialect({ postgres: postgres(ownerUrl, { max: 1, onnotice: () => {} }) }),
  });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
    const { error, results } = await migrator.migrateToLatest();
    const failed = results?.find((result) => result.status === 'Error');
    if (error) {
      throw new Error(`Migration ${failed?.migrationName ?? '(none reached)'} failed: ${messageOf(error)}`, {
        cause: error,
      });
    }
  } finally {
    await db.destroy();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
