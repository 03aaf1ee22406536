import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const KINDS = [
  ...(['interactions', 'conversions', 'spend', 'agents', 'vendors'] as const),
  ...(['users', 'prospects', 'intent_signals'] as const),
] as const;
/** All but CUSTOM, whose weights are a configuration of their own. */
export const MODELS = [
  ...(['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'TIME_DECAY', 'AI_WEIGHTED', 'POSITION_BASED'] as const),
  ...(['W_SHAPED', 'FULL_PATH', 'LAST_NON_DIRECT', 'MARKOV', 'SHAPLEY'] as const),
] as const;
export type Kind = (typeof KINDS)[number];
export type Model = (typeof MODELS)[number];

export const USAGE = `revloop <command> [options]

  ingest <file> --kind <kind>     send a CSV or JSON-lines file and follow its import
      --kind <kind>               ${KINDS.join(', ')}
      --mapping <file>            JSON object of column: field (null leaves a column out)
      --dry-run                   check every row and store none
  attribute --model <model>       create a run, execute it, follow it, print the credit by channel
      --model <model>             ${MODELS.join(', ')}
      --models <model,…>          further models in the same run
      --window <hours>            lookback window; default 72
      --start, --end <date>       first and last day of conversions (YYYY-MM-DD)
      --name <name>               name of the run
  tail                            print new interactions and conversions as they appear
      --interval <seconds>        between looks; default 10
      --limit <rows>              rows looked at each time, 1 to 200; default 20
      --once                      print the newest and stop
  status                          health, readiness, the newest runs and uploads

  --url <url>   REVLOOP_URL       default http://127.0.0.1:8080
  --key <key>   REVLOOP_KEY       an API key
  --org <id>    REVLOOP_ORG       the organization of the key
  --json                          one JSON document on stdout (tail: one per line)
  --help                          this text

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the API is not reachable.
`;

export class UsageError extends Error {}

const COMMON = {
  url: { type: 'string' },
  key: { type: 'string' },
  org: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;
const OF_COMMAND = {
  ingest: { kind: { type: 'string' }, mapping: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  attribute: {
    model: { type: 'string' },
    models: { type: 'string' },
    window: { type: 'string' },
    start: { type: 'string' },
    end: { type: 'string' },
    name: { type: 'string' },
  },
  tail: { interval: { type: 'string' }, limit: { type: 'string' }, once: { type: 'boolean' } },
  status: {},
} as const satisfies Record<string, ParseArgsOptionsConfig>;

export interface Connection {
  readonly url: string;
  readonly key: string | undefined;
  readonly org: string | undefined;
}
export interface IngestCommand {
  readonly name: 'ingest';
  readonly file: string;
  readonly kind: Kind;
  readonly mappingFile: string | undefined;
  readonly dryRun: boolean;
}
export interface AttributeCommand {
  readonly name: 'attribute';
  readonly model: Model;
  readonly models: readonly Model[];
  readonly windowHours: number | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly runName: string;
}
export interface TailCommand {
  readonly name: 'tail';
  readonly intervalSeconds: number;
  readonly limit: number;
  readonly once: boolean;
}
export type Command = IngestCommand | AttributeCommand | TailCommand | { readonly name: 'status' } | { name: 'help' };
export interface Invocation {
  readonly command: Command;
  readonly connection: Connection;
  readonly json: boolean;
}
type Values = Readonly<Record<string, string | boolean | undefined>>;

/** @throws UsageError with the sentence to print. Options come before the environment. */
export function parseInvocation(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Invocation {
  const asked = argv.includes('--help') || argv.includes('-h') || argv[0] === 'help';
  const name = argv[0] as keyof typeof OF_COMMAND;
  if (asked) return { command: { name: 'help' }, connection: { url: '', key: '', org: '' }, json: false };
  if (!Object.hasOwn(OF_COMMAND, name ?? '')) {
    throw new UsageError(name ? `There is no command ${name}.` : 'Name a command.');
  }
  const { values, positionals } = read(argv.slice(1), { ...COMMON, ...OF_COMMAND[name] });
  const connection = {
    url: textOf(values, 'url') ?? (env.REVLOOP_URL?.trim() || 'http://127.0.0.1:8080'),
    key: textOf(values, 'key') ?? (env.REVLOOP_KEY?.trim() || undefined),
    org: textOf(values, 'org') ?? (env.REVLOOP_ORG?.trim() || undefined),
  };
  if (!URL.canParse(connection.url) || !/^https?:/.test(connection.url)) {
    throw new UsageError(`${connection.url} is no address; it starts with http:// or https://.`);
  }
  const command = COMMANDS[name](values, positionals);
  if (command.name !== 'ingest' && positionals.length > 0) throw new UsageError(`${positionals[0]} is not expected.`);
  if (command.name !== 'status' && !(connection.key && connection.org)) {
    throw new UsageError('A key and its organization are needed: --key and --org, or REVLOOP_KEY and REVLOOP_ORG.');
  }
  return { command, connection, json: values.json === true };
}

function read(args: readonly string[], options: ParseArgsOptionsConfig): { values: Values; positionals: string[] } {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: parsed.values as Values, positionals: parsed.positionals };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

const textOf = (values: Values, option: string): string | undefined => {
  const value = values[option];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

function oneOf<T extends string>(option: string, allowed: readonly T[], value: string | undefined): T {
  const found = allowed.find((one) => one === value);
  if (!found) throw new UsageError(`--${option} is one of ${allowed.join(', ')}.`);
  return found;
}

function numberOf(values: Values, option: string, min: number, max: number): number | undefined {
  const text = textOf(values, option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new UsageError(`--${option} is a number from ${min} to ${max}.`);
  }
  return value;
}

function dayOf(values: Values, option: string): string | undefined {
  const text = textOf(values, option);
  if (text !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw new UsageError(`--${option} is a YYYY-MM-DD date.`);
  return text;
}

const COMMANDS: Record<keyof typeof OF_COMMAND, (values: Values, positionals: readonly string[]) => Command> = {
  ingest(values, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('Name one file to ingest.');
    const kind = oneOf('kind', KINDS, textOf(values, 'kind'));
    const mappingFile = textOf(values, 'mapping');
    return { name: 'ingest', file, kind, mappingFile, dryRun: values['dry-run'] === true };
  },
  attribute(values) {
    const model = oneOf('model', MODELS, textOf(values, 'model'));
    const models = (textOf(values, 'models')?.split(',') ?? []).map((one) => oneOf('models', MODELS, one.trim()));
    const windowHours = numberOf(values, 'window', 1, 87_600);
    const runName = textOf(values, 'name') ?? `Command line, ${model}`;
    return {
      name: 'attribute',
      model,
      models,
      windowHours,
      start: dayOf(values, 'start'),
      end: dayOf(values, 'end'),
      runName,
    };
  },
  tail(values) {
    const limit = numberOf(values, 'limit', 1, 200) ?? 20;
    if (!Number.isInteger(limit)) throw new UsageError('--limit is a whole number.');
    const intervalSeconds = numberOf(values, 'interval', 1, 3600) ?? 10;
    return { name: 'tail', intervalSeconds, limit, once: values.once === true };
  },
  status: () => ({ name: 'status' }),
};
