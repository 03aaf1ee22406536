import { execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { cacheDir, type Report, StartError } from './host.ts';

const VERSION = '1.5.1';
const OLDEST_SERVER = [1, 29] as const;
const CONNECT_MS = 5_000;
const DOWNLOAD_MS = 600_000;
const exe = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
const run = promisify(execFile);

/** The server version inside a Temporal CLI, undefined when the file does not run. */
async function serverVersion(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 20_000 });
    return /Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
};

/**
 * A Temporal CLI with a server: TEMPORAL_CLI_PATH, PATH, the user's cache, the official download, `go install`.
 * @throws StartError that names every way out
 */
export async function findTemporal(report: Report, explicit = process.env.TEMPORAL_CLI_PATH): Promise<string> {
  if (explicit) {
    const version = await serverVersion(explicit);
    if (version && isNewEnough(version)) return explicit;
    throw new StartError(
      `TEMPORAL_CLI_PATH=${explicit} ${version ? `holds server ${version}, 1.29 or newer is needed` : 'is not a Temporal CLI that runs'}. Correct or remove it.`,
    );
  }
  for (const dir of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const file = join(dir, exe);
    if (!existsSync(file)) continue;
    const version = await serverVersion(file);
    if (version && isNewEnough(version)) return file;
    report(`${file} has ${version ? `server ${version}, older than 1.29` : 'no usable server'}; looking further`);
  }
  const cached = join(cacheDir(`temporal-v${VERSION}`), exe);
  if (existsSync(cached) && (await serverVersion(cached))) return cached;
  rmSync(cached, { force: true });
  const reasons: string[] = [];
  for (const way of [download, build]) {
    const reason = await way(cached, report);
    if (reason === undefined) return cached;
    reasons.push(reason);
    report(reason);
  }
  throw new StartError(
    [
      `No Temporal server was found. ${reasons.join(' ')} Ways out:`,
      `  - install the Temporal CLI (https://docs.temporal.io/cli, \`brew install temporal\`) so that \`temporal\` is on PATH`,
      '  - or set TEMPORAL_CLI_PATH to the file of a Temporal CLI (server 1.29 or newer)',
      `  - or install Go and run \`go install github.com/temporalio/cli/cmd/temporal@v${VERSION}\``,
      '  - or set TEMPORAL_ADDRESS to a Temporal server that already runs',
    ].join('\n'),
  );
}

function archives(): string[] {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const type = os === 'windows' ? 'zip' : 'tar.gz';
  return [
    `https://temporal.download/cli/archive/v${VERSION}?platform=${os}&arch=${arch}`,
    `https://github.com/temporalio/cli/releases/download/v${VERSION}/temporal_cli_${VERSION}_${os}_${arch}.${type}`,
  ];
}

/** @returns why it did not work, undefined when the file is there. */
async function download(target: string, report: Report): Promise<string | undefined> {
  const reasons: string[] = [];
  for (const url of archives()) {
    const scratch = mkdtempSync(join(cacheDir(), 'download-'));
    try {
      report(`Downloading the Temporal CLI ${VERSION} from ${new URL(url).host}`);
      const connect = new AbortController();
      const timer = setTimeout(() => connect.abort(new Error(`no answer within ${CONNECT_MS / 1000} s`)), CONNECT_MS);
      const limits = AbortSignal.any([connect.signal, AbortSignal.timeout(DOWNLOAD_MS)]);
      const answer = await fetch(url, { signal: limits }).finally(() => clearTimeout(timer));
      if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`);
      const archive = join(scratch, 'archive');
      await pipeline(Readable.fromWeb(answer.body), createWriteStream(archive));
      await run('tar', ['-xf', archive, '-C', scratch]);
      await adopt(join(scratch, exe), target);
      return undefined;
    } catch (error) {
      const { message, cause } = error as Error;
      reasons.push(`${new URL(url).host}: ${cause instanceof Error ? cause.message : message}`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return `The download failed (${reasons.join('; ')}).`;
}

async function build(target: string, report: Report): Promise<string | undefined> {
  try {
    await run('go', ['version']);
  } catch {
    return 'Go is not installed, so it could not be built.';
  }
  const scratch = mkdtempSync(join(cacheDir(), 'build-'));
  const started = performance.now();
  const alive = setInterval(
    () => report(`  still building (${Math.round((performance.now() - started) / 1000)} s)`),
    15_000,
  );
  try {
    report(`Building the Temporal CLI ${VERSION} with Go; some minutes, once on this machine`);
    const child = spawn('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${VERSION}`], {
      env: { ...process.env, GOBIN: scratch },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-2_000)));
    const code = await new Promise((done) => child.once('close', done));
    if (code !== 0) return `go install failed: ${errors.trim().split('\n').slice(-3).join(' ')}.`;
    await adopt(join(scratch, exe), target);
    return undefined;
  } catch (error) {
    return `The build failed (${(error as Error).message}).`;
  } finally {
    clearInterval(alive);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Renamed only after it ran once: a half-written binary never enters the cache. */
async function adopt(file: string, target: string): Promise<void> {
  if (!(await serverVersion(file))) throw new Error('what arrived does not run on this machine');
  renameSync(file, target);
}
