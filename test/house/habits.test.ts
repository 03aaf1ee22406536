import { describe, expect, it } from 'vitest';
import { HABITS, judge, workflowProblems } from './habits.ts';
import { readSources } from './sources.ts';

const sources = readSources();

describe('the habits of this house', () => {
  it.each(HABITS.map((habit) => [habit.name, habit] as const))('%s', (_name, habit) => {
    const { found, stale } = judge(habit, sources);
    expect(found, `\n\n${found.join('\n\n')}\n`).toEqual([]);
    expect(stale, 'These exceptions are not needed any more; remove them from test/house/habits.ts.').toEqual([]);
  });

  it('hold their exceptions with a reason', () => {
    const reasons = HABITS.flatMap(({ exceptions }) => Object.values(exceptions));
    expect(reasons.filter((reason) => reason.length < 20)).toEqual([]);
  });

  it('put every workflow into the bundle, under the name of its file', () => {
    expect(workflowProblems(sources)).toEqual([]);
  });
});

describe('the habit test', () => {
  const habitOf = (path: string, text: string): string[] =>
    HABITS.filter((habit) => judge(habit, [{ path, text }]).found.length > 0).map(({ name }) =>
      name.split(' ', 3).join(' '),
    );

  it.each([
    ['services/data/x.ts', 'const now = new Date();', 'business time is'],
    ['domain/data/x.rules.ts', 'const age = Date.now() - at;', 'business time is'],
    ['services/data/x.ts', 'await sql`select now()`.execute(tx);', 'SQL of services'],
    ['services/data/x.ts', 'where at < CURRENT_TIMESTAMP', 'SQL of services'],
    ['workers/x.ts', 'const port = process.env.PORT;', 'only config.ts reads'],
    ['api/crm/x.ts', 'const { rows } = await sql<{ id: string }>`select id from deals`.execute(db);', 'SQL stands in'],
    ['activities/crm/x.ts', "await db.selectFrom('deals').execute();", 'SQL stands in'],
    ['api/crm/x.ts', 'a;\n'.repeat(301), 'a file has'],
    ['workflows/crm/x.workflow.ts', 'a;\n'.repeat(201), 'a file has'],
    ['test/x.test.ts', "export * from './y.ts';", 'a file says'],
    ['workflows/crm/x.workflow.ts', "import { getRun } from '../../services/insight/index.ts';", 'a workflow calls'],
  ])('finds in %s: %s', (path, text, habit) => {
    expect(habitOf(path, text)).toEqual([habit]);
  });

  it.each([
    ['services/data/x.ts', 'const later = new Date(ctx.now.getTime() + 1000); // not new\n  // like new Date()'],
    ['services/data/x.ts', 'const at = ctx.clock.now();\n  now(): Date;'],
    ['services/data/x.ts', 'await sql`select 1`.execute(tx);'],
    ['bench/x.ts', 'const started = Date.now(); const port = process.env.PORT;'],
    ['api/crm/x.ts', 'a;\n'.repeat(300)],
    ['schema/migrations/0009_x.ts', 'a;\n'.repeat(400)],
    ['workflows/crm/x.workflow.ts', "import type { RunView } from '../../services/insight/index.ts';"],
  ])('leaves alone in %s: %s', (path, text) => {
    expect(habitOf(path, text)).toEqual([]);
  });

  it('notices an exception that nobody needs any more', () => {
    const clean = HABITS.map((habit) => ({ path: Object.keys(habit.exceptions)[0] ?? 'x.ts', text: '' }));
    expect(HABITS.flatMap((habit) => judge(habit, clean).stale).length).toBeGreaterThan(5);
  });

  it('finds a workflow that is in no bundle or has another name than its file', () => {
    const index = { path: 'workflows/index.ts', text: "export { a } from './crm/a.workflow.ts';\n" };
    const workflow = (path: string, text: string) => workflowProblems([index, { path, text }]).join();
    expect(workflow('workflows/crm/a.workflow.ts', 'export async function a() {}')).toBe('');
    expect(workflow('workflows/crm/lost-one.workflow.ts', 'export async function lostOne() {}')).toContain(
      'in no bundle',
    );
    expect(workflow('workflows/crm/a.workflow.ts', 'export async function b() {}')).toContain('exports b');
    expect(workflow('workflows/crm/a.workflow.ts', 'export function a() {}\nexport const c = 1;')).toContain('a, c');
  });
});
