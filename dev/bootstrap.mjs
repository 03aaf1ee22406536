// Runs on any Node from 18 on with nothing installed: installs what is missing, then hands over to Node 24.
// node dev/bootstrap.mjs <entry.ts> [arguments]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_MAJOR = 24;
const windows = process.platform === 'win32';
const say = (line) => process.stderr.write(`${line}\n`);
const stop = (message) => {
  say(message);
  process.exit(1);
};

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Compares contents, because a fresh clone gives every file the same time. npm writes the inner file last. */
function installedIsCurrent() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true;
    const found = present[path];
    if (!found) return Boolean(optional || devOptional || peer);
    return found.version === version && existsSync(join(ROOT, path));
  });
}

function run(command, args, options) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    // A terminal sends its signals to the whole group; the entries treat a quick second one as the same.
    const forward = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
      const send = () => child.kill(signal);
      process.on(signal, send);
      return () => process.off(signal, send);
    });
    child.on('error', (error) => done({ error }));
    child.on('exit', (code, signal) => {
      for (const off of forward) off();
      done({ code, signal });
    });
  });
}

async function install() {
  say('Installing dependencies (npm ci) …');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm's progress goes to stderr as well: stdout stays clean for what the entry prints.
  const result = await run(windows ? 'npm.cmd' : 'npm', args, { stdio: ['ignore', 2, 2], shell: windows });
  if (result.error) stop(`npm could not be started (${result.error.message}). Install npm, it comes with Node.js.`);
  if (result.signal) stop(`npm ci was stopped by ${result.signal}; the next start installs again.`);
  if (result.code !== 0)
    stop('npm ci failed. Check the network and the messages above, then run the same command again.');
}

/** The pinned Node of this platform's optional package; else the Node that runs this, when it is new enough. */
function findNode() {
  const require = createRequire(join(ROOT, 'package.json'));
  const os = windows ? 'win' : process.platform;
  for (const name of [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`]) {
    try {
      const file = join(dirname(require.resolve(`${name}/package.json`)), 'bin', windows ? 'node.exe' : 'node');
      if (existsSync(file)) return file;
    } catch {
      // Not a package of this platform.
    }
  }
  if (Number.parseInt(process.versions.node, 10) >= WANTED_MAJOR) return process.execPath;
  return stop(
    `This platform (${process.platform}-${process.arch}) has no Node ${WANTED_MAJOR} on npm and you run ${process.version}. ` +
      `Install Node ${WANTED_MAJOR} or newer from https://nodejs.org and run the same command again.`,
  );
}

const major = Number.parseInt(process.versions.node, 10);
if (major < 20) {
  stop(`Revloop needs Node 20 or newer to start (you run ${process.version}). Get one at https://nodejs.org.`);
}
const [entry, ...rest] = process.argv.slice(2);
if (!entry) stop('Usage: node dev/bootstrap.mjs <entry.ts> [arguments]');
if (!installedIsCurrent()) await install();

const { code, signal, error } = await run(findNode(), [resolve(ROOT, entry), ...rest], {
  // The channel lets the entry notice that this process was killed.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
if (error) stop(`Node could not be started: ${error.message}`);
if (signal) process.kill(process.pid, signal);
else process.exitCode = code ?? 1;
