import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir } from '../../dev/host.ts';

const BUILD_MS = 300_000;
const run = promisify(execFile);

/** A program of somebody else: built by Go once and kept, else why there is none. */
export async function findGoProgram(
  { name, version, path }: { name: string; version: string; path: string },
  report: (line: string) => void,
): Promise<{ file: string } | string> {
  const folder = cacheDir(`${name}-${version}`);
  const file = join(folder, path.slice(path.lastIndexOf('/') + 1));
  if (existsSync(file)) return { file };
  try {
    report(`Building ${name} ${version} with Go; about a minute, once on this machine`);
    await run('go', ['install', `${path}@${version}`], { env: { ...process.env, GOBIN: folder }, timeout: BUILD_MS });
    return { file };
  } catch (error) {
    return (error as Error).message.trim().split('\n').at(-1) ?? 'go install failed';
  }
}
