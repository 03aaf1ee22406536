import { type AnyDb, PLATFORM_ROLE, run } from '../table.ts';

/** Each way out has a round of its own, so the role that sees what is due sees by which way it leaves. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, `grant select (channel) on sends to ${PLATFORM_ROLE}`);
}
