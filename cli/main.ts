// revloop <command> [options]; bin/revloop.mjs starts it on Node 24.
import { createRevloop, type Revloop, RevloopError, UNREACHABLE } from '../client/index.ts';
import { EXIT, type ExitCode, type Invocation, parseInvocation, USAGE, UsageError } from './arguments.ts';
import { attribute } from './attribute.ts';
import { ingest } from './ingest.ts';
import { createOutput, type Output } from './output.ts';
import { status } from './status.ts';
import { tail } from './tail.ts';

function connect({ connection }: Invocation, retries?: number): Revloop {
  return createRevloop({
    baseUrl: connection.url,
    apiKey: connection.key,
    organizationId: connection.org,
    idempotency: true,
    ...(retries === undefined ? {} : { retries }),
  });
}

async function run(invocation: Invocation, output: Output): Promise<ExitCode> {
  const { command, connection } = invocation;
  if (command.name === 'help') {
    process.stdout.write(USAGE);
    return EXIT.ok;
  }
  // A probe that answers 503 has answered.
  if (command.name === 'status') {
    const hasKey = Boolean(connection.key && connection.org);
    return status(connect(invocation, 0), hasKey ? connect(invocation) : undefined, output);
  }
  const api = connect(invocation);
  if (command.name === 'ingest') return ingest(api, command, output);
  if (command.name === 'attribute') return attribute(api, command, output);
  return tail(api, command, output);
}

function explain(error: RevloopError, output: Output): ExitCode {
  const { status: httpStatus, code, message, details, hint, requestId } = error;
  output.note(`${message} (${code})`);
  const issues = (details as { issues?: { field: string; message: string }[] } | undefined)?.issues ?? [];
  for (const issue of issues) output.note(`  ${issue.field}: ${issue.message}`);
  if (hint) output.note(hint);
  if (requestId) output.note(`Request ${requestId}`);
  output.document({ error: { status: httpStatus, code, message, details, hint, request_id: requestId } });
  return code === UNREACHABLE ? EXIT.unreachable : EXIT.failed;
}

async function main(): Promise<ExitCode> {
  let output = createOutput(process.stdout, process.stderr, false);
  try {
    const invocation = parseInvocation(process.argv.slice(2), process.env);
    output = createOutput(process.stdout, process.stderr, invocation.json);
    return await run(invocation, output);
  } catch (error) {
    if (error instanceof RevloopError) return explain(error, output);
    if (!(error instanceof UsageError)) throw error;
    output.note(`${error.message}\nrevloop --help tells more.`);
    return EXIT.usage;
  }
}

process.exitCode = await main();
