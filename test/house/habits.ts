import { roomOf } from './imports.ts';
import { importsOf, type Source } from './sources.ts';

export interface Habit {
  readonly name: string;
  /** What to do instead; part of the message. */
  readonly instead: string;
  readonly concerns: (path: string) => boolean;
  /** Lines (or `''` for the whole file) that break it. */
  readonly breaks: (source: Source) => readonly string[];
  /** File → why the habit does not hold there. An entry that no longer applies fails the test. */
  readonly exceptions: Readonly<Record<string, string>>;
}

const isTest = (path: string): boolean => roomOf(path) === 'tests';
const isWorkshop = (path: string): boolean => isTest(path) || /^(bench|dev|faults)\//.test(path);
const isComment = (line: string): boolean => /^\s*(\/\/|\/\*|\*)/.test(line);
const linesWith =
  (pattern: RegExp) =>
  ({ text }: Source): string[] =>
    text.split('\n').flatMap((line) => (!isComment(line) && pattern.test(line) ? line.trim() : []));

const MOST_LINES = 300;
const MOST_WORKFLOW_LINES = 200;

export const HABITS: readonly Habit[] = [
  {
    name: 'business time is ctx.now, or the clock that was passed in',
    instead: 'Use ctx.now in services, deps.clock in activities; performance.now() measures durations.',
    concerns: (path) => !isWorkshop(path),
    breaks: linesWith(/\bDate\.now\b|\bnew Date\(\)|\bTemporal\.Now\b/),
    exceptions: {
      'services/core/clock.ts': 'the one place that reads the system clock for everybody else',
      'services/core/ids.ts': 'the time inside an id only keeps new rows together',
      'temporal/bundle.ts': 'ages of cached files',
      'temporal/connection.ts': 'gRPC wants deadlines by the clock of the machine',
    },
  },
  {
    name: 'SQL of services takes its time from ctx.now',
    instead: `Pass \${ctx.now}; now() is the database's clock, which no test can move.`,
    concerns: (path) => path.startsWith('services/') && !isTest(path),
    breaks: linesWith(
      /(?<![.\w])now\(\)(?!\s*:)|\b(?:current_timestamp|current_date|current_time|localtimestamp)\b|\b(?:clock|statement|transaction)_timestamp\(/i,
    ),
    exceptions: {
      'services/core/dispatcher.ts': 'claims and pauses between attempts, compared by the database that set them',
      'services/core/server-clock.ts': "asks for the database's time to compare this machine's with it",
      'services/core/relay.ts': 'pauses between attempts, compared by the database that set them',
      'services/data/ingestion/ingest-facts.ts':
        "says ahead what the columns' default will be for rows it sends without waiting",
    },
  },
  {
    name: 'only config.ts reads the environment',
    instead: 'Declare the variable in config.ts and .env.example, and pass its value down from a composition root.',
    concerns: (path) => path !== 'config.ts' && !isWorkshop(path) && !path.startsWith('deploy/'),
    breaks: linesWith(/\bprocess\.env\b|\bimport\.meta\.env\b/),
    exceptions: {
      'cli/main.ts': 'the command line is a program of its own: its address and key come from the shell of its user',
    },
  },
  {
    name: 'SQL stands in services and schema',
    instead: 'Write a query or a verb in services/<wing>/<area>/ and call it.',
    concerns: (path) => !isWorkshop(path) && !/^(services|schema)\//.test(path),
    breaks: linesWith(/\bsql[<`]|\bsql\.(?:raw|unsafe)\(|\.(?:selectFrom|insertInto|updateTable|deleteFrom|unsafe)\(/),
    exceptions: {
      'api/deps.ts': 'asks whether the database answers',
      'workers/deps.ts': 'asks whether the database answers',
      'demo/build.ts': 'asks whether the demo organization was built before',
    },
  },
  {
    name: `a file has at most ${MOST_LINES} lines, a workflow ${MOST_WORKFLOW_LINES}`,
    instead: 'Give a part with a name of its own a file of its own; a workflow gives its transitions to domain/.',
    concerns: (path) => !path.endsWith('.gen.ts') && !path.startsWith('schema/migrations/'),
    breaks({ path, text }) {
      const lines = text.split('\n').length - 1;
      const most = path.endsWith('.workflow.ts') ? MOST_WORKFLOW_LINES : MOST_LINES;
      return lines > most ? [`${lines} lines`] : [];
    },
    exceptions: {
      'config.ts': 'one list of all variables and the one place that assembles them: whoever reads one needs the other',
      'domain/outreach/inbound.samples.ts': 'a labelled set: data, not to be read in one go',
      'client/schema.gen.d.ts': 'generated from openapi.json: the types of every endpoint, in their one copy',
    },
  },
  {
    name: 'a file says what it exports',
    instead: 'Name the exports: `export { a, b } from …`. Then a reader finds where a name comes from.',
    concerns: () => true,
    breaks: linesWith(/^export \*/),
    exceptions: {},
  },
  {
    name: 'a workflow calls activities, never services',
    instead: 'Call the activity that runs the verb; of services a workflow may know types alone.',
    concerns: (path) => path.endsWith('.workflow.ts'),
    breaks: (source) =>
      importsOf(source).flatMap(({ target, typeOnly }) => (target.startsWith('services/') && !typeOnly ? target : [])),
    exceptions: {},
  },
];

/** What breaks a habit, and exceptions that are not needed any more. */
export function judge(habit: Habit, sources: readonly Source[]): { found: string[]; stale: string[] } {
  const broken = sources
    .filter(({ path }) => habit.concerns(path))
    .map((source) => ({ path: source.path, breaks: habit.breaks(source) }))
    .filter(({ breaks }) => breaks.length > 0);
  return {
    found: broken
      .filter(({ path }) => !Object.hasOwn(habit.exceptions, path))
      .map(({ path, breaks }) => `${path}\n    ${breaks.join('\n    ')}\n  Instead: ${habit.instead}`),
    stale: Object.keys(habit.exceptions).filter((path) => !broken.some((one) => one.path === path)),
  };
}

const stemOf = (path: string): string => path.split('/').at(-1)!.replace('.workflow.ts', '');
const camelCase = (text: string): string => text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A sentence per workflow file that the bundle would not hold under its own name. */
export function workflowProblems(sources: readonly Source[]): string[] {
  const index = sources.find(({ path }) => path === 'workflows/index.ts')?.text ?? '';
  return sources
    .filter(({ path }) => /^workflows\/.+\.workflow\.ts$/.test(path))
    .flatMap(({ path, text }) => {
      const names = [...text.matchAll(/^export (?:default )?(?:async )?(?:function|const|class) (\w+)/gm)].map(
        (m) => m[1]!,
      );
      const wanted = camelCase(stemOf(path));
      if (names.length !== 1 || names[0] !== wanted) {
        return [
          `${path} exports ${names.join(', ') || 'nothing'}; it exports one function, ${wanted}, the workflow type.`,
        ];
      }
      const line = `export { ${wanted} } from './${path.replace('workflows/', '')}';`;
      return index.includes(line) ? [] : [`${path} is in no bundle; workflows/index.ts needs: ${line}`];
    });
}
