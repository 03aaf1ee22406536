#!/usr/bin/env node
// The command line on any Node from 18 on: hands over to Node 24, which runs TypeScript as it is.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_MAJOR = 24;
const windows = process.platform === 'win32';
const require = createRequire(join(ROOT, 'package.json'));

const stop = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

/** The Node that runs this when it is new enough; else the one that is installed beside the product. */
function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= WANTED_MAJOR) return process.execPath;
  const os = windows ? 'win' : process.platform;
  for (const name of [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`]) {
    try {
      const file = join(dirname(require.resolve(`${name}/package.json`)), 'bin', windows ? 'node.exe' : 'node');
      if (existsSync(file)) return file;
    } catch {
      // Not a package of this platform.
    }
  }
  return stop(
    `Node ${WANTED_MAJOR} is needed and you run ${process.version}. Run \`npm ci\` in ${ROOT}, it brings one.`,
  );
}

if (!existsSync(join(ROOT, 'node_modules/openapi-fetch'))) {
  stop(`Packages are missing. Run \`npm ci\` in ${ROOT} and then the same command again.`);
}
// npm runs scripts in the project's folder; files are named from where the command was typed.
const cwd = process.env.npm_lifecycle_event === 'cli' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
const child = spawn(findNode(), [join(ROOT, 'cli/main.ts'), ...process.argv.slice(2)], { cwd, stdio: 'inherit' });
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const forward = (signal) => child.kill(signal);
for (const signal of SIGNALS) process.on(signal, forward);
child.on('error', (error) => stop(`Node could not be started: ${error.message}`));
child.on('exit', (code, signal) => {
  for (const name of SIGNALS) process.off(name, forward);
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code ?? 1;
});
