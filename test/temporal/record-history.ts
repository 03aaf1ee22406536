import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createClient } from '../../temporal/connection.ts';
import { runShapes } from './record-shapes.ts';

const USAGE = `Records the history of an execution for the replay test.

  npm run histories -- <process> --case <name> [--workflow-id <id>] [--address host:port] [--namespace name]
  npm run histories -- --shapes --address host:port --namespace name

Writes workflows/<wing>/histories/<process>.<case>.json. <process> is the contract's file name, e.g. attribution-run.
Without --workflow-id the newest closed execution of the workflow type of that name is taken.
--shapes records those of test/temporal/shapes.ts, in a namespace in which nothing else works.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string' },
    'workflow-id': { type: 'string' },
    address: { type: 'string', default: '127.0.0.1:7233' },
    namespace: { type: 'string', default: 'revloop' },
    shapes: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const [processName] = positionals;
if (values.help || (!values.shapes && !(processName && values.case))) {
  process.stdout.write(USAGE);
  process.exit(values.help ? 0 : 1);
}

const root = fileURLToPath(new URL('../../workflows', import.meta.url));
const { address, namespace } = values;
const { client, close } = createClient({ address, namespace, identity: 'record-history' });
if (values.shapes) {
  for (const { shape, workflowId } of await runShapes(client, { address, namespace })) {
    await record(shape.process, shape.case, workflowId);
  }
} else {
  await record(processName!, values.case!, values['workflow-id'] ?? (await newestClosed(camelCase(processName!))));
}
await close();

async function record(name: string, shape: string, workflowId: string): Promise<void> {
  const [contract] = globSync(`*/${name}.contract.ts`, { cwd: root });
  if (!contract) throw new Error(`There is no workflows/<wing>/${name}.contract.ts.`);
  const json = historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
  // Recordings are committed; the recorder's machine is nobody's business.
  const anonymous = json.replaceAll(/"identity": "[^"]*"/g, '"identity": "recorded"');
  const file = join(root, dirname(contract), 'histories', `${name}.${shape}.json`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${anonymous}\n`);
  process.stdout.write(`${workflowId} → ${file}\n`);
}

async function newestClosed(workflowType: string): Promise<string> {
  const query = `WorkflowType = '${workflowType}' AND ExecutionStatus != 'Running'`;
  for await (const execution of client.workflow.list({ query })) return execution.workflowId;
  throw new Error(`No closed execution of "${workflowType}" is left in namespace ${values.namespace}.`);
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
