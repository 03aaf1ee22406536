// npm run client [-- --check]: the client's types from openapi.json, and what it ships (client/dist), or their drift.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientTypes, type OpenApiDocument } from './client-types.ts';
import { ROOT } from './host.ts';

const SCHEMA = join(ROOT, 'client/schema.gen.d.ts');
const DIST = join(ROOT, 'client/dist');
const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function compile(outDir: string): void {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const project = join(ROOT, 'client/tsconfig.json');
  const { status } = spawnSync(process.execPath, [tsc, '-p', project, '--outDir', outDir], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The client does not compile for browsers; correct the types above.');
  // The compiler copies no declarations: what it writes points at the one copy, a folder above.
  const declarations = join(outDir, 'index.d.ts');
  writeFileSync(declarations, read(declarations).replaceAll("'./schema.gen.d.ts'", "'../schema.gen.d.ts'"));
}

function write(types: string): void {
  writeFileSync(SCHEMA, types);
  rmSync(DIST, { recursive: true, force: true });
  compile(DIST);
}

/** Names of the files that differ from what would be generated now. */
function drift(types: string): string[] {
  if (read(SCHEMA) !== types) return ['client/schema.gen.d.ts'];
  const fresh = mkdtempSync(join(tmpdir(), 'revloop-client-'));
  try {
    compile(fresh);
    const names = new Set([fresh, DIST].flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : [])));
    return [...names]
      .filter((name) => read(join(fresh, name)) !== read(join(DIST, name)))
      .map((name) => `client/dist/${name}`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const types = clientTypes(JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as OpenApiDocument);
if (process.argv.includes('--check')) {
  const stale = drift(types);
  if (stale.length > 0) process.stderr.write(`Not what \`npm run client\` writes: ${stale.join(', ')}\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  write(types);
  process.stdout.write('client/schema.gen.d.ts and client/dist are written.\n');
}
