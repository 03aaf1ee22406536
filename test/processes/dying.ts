import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Databases, openDatabases } from '../../schema/db.ts';
import { createFaultPoint, type FaultPoint } from '../../services/core/fault-points.ts';

type Ending = NodeJS.Signals | number | null;

/** Resolves when the process ends, with the signal that ended it, else with its exit code. */
export async function endOf(child: ChildProcess): Promise<Ending> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
}

/** Runs one of the scripts beside this file in a process of its own. */
export function runScript(name: string, ...args: string[]): Promise<Ending> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  return endOf(spawn(process.execPath, [script, ...args], { stdio: 'inherit' }));
}

/** What such a script works with. */
export const ownDatabases = (url: string): Databases =>
  openDatabases({ ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 4 }, 'revloop-test-child');

/** Kills the script itself when it comes to the point. */
export const dieAt = (point: string): FaultPoint =>
  createFaultPoint([{ point, action: 'kill' }], () => process.kill(process.pid, 'SIGKILL'));
