// npm run new:area -- <wing>/<area> --view <permission> --edit <permission> [--one <name>] [--face a|b]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './host.ts';
import { type AreaNames, namesOf } from './new-area/names.ts';

const USAGE = `npm run new:area -- <wing>/<area> --view <permission> --edit <permission> [--one <name>] [--face a|b]
for example: npm run new:area -- insight/price-lists --view vendors.view --edit vendors.edit`;

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function readWish(): AreaNames {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      one: { type: 'string' },
      face: { type: 'string', default: 'a' },
      view: { type: 'string' },
      edit: { type: 'string' },
    },
  });
  const [wing, area] = positionals[0]?.split('/') ?? [];
  const { one, face, view, edit } = values;
  if (!wing || !area || !view || !edit) stop(USAGE);
  if (!existsSync(join(ROOT, `api/${wing}/index.ts`)))
    stop(`There is no wing "${wing}": api/${wing}/index.ts is missing.`);
  const wingIndex = `services/${wing}/index.ts`;
  const services = existsSync(join(ROOT, wingIndex)) ? wingIndex : `services/${wing}/${area}/index.ts`;
  const names = namesOf(
    { wing, area, one, face, view, edit, services },
    readdirSync(join(ROOT, 'schema/migrations')),
    read('domain/platform/permissions.rules.ts'),
  );
  return typeof names === 'string' ? stop(names) : names;
}

/** Template → the file that it becomes. */
const filesOf = ({ wing, area, one, migration }: AreaNames): Record<string, string> => ({
  migration: `schema/migrations/${migration}.ts`,
  view: `services/${wing}/${area}/${one}-view.ts`,
  change: `services/${wing}/${area}/change-${one}.ts`,
  dto: `api/${wing}/${area}.dto.ts`,
  routes: `api/${wing}/${area}.routes.ts`,
  test: `api/${wing}/${area}.db.test.ts`,
});

const filled = (template: string, names: AreaNames): string =>
  read(`dev/new-area/${template}.txt`).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const text = names[name];
    if (text === undefined) throw new Error(`The template ${template} asks for ${name}.`);
    return text;
  });

const lines = (...parts: string[]): string => `${parts.join('\n')}\n`;

/** A list in an array or object literal ends with `end` at the start of a line. */
function beforeEnd(text: string, start: RegExp, end: string, entry: string): string {
  const from = text.search(start);
  const at = text.indexOf(`\n${end}`, from);
  if (from < 0 || at < 0) throw new Error(`There is no list ${start} to add to.`);
  return `${text.slice(0, at + 1)}${entry}${text.slice(at + 1)}`;
}

function register(names: AreaNames): Record<string, string> {
  const { wing, area, one, Type, Types, variable, migration, services: servicesIndex } = names;
  const migrations = beforeEnd(
    read('schema/migrations/index.ts'),
    /export const MIGRATIONS/,
    '}',
    `  '${migration}': ${variable}Tables,\n`,
  );
  const inside = servicesIndex.endsWith(`${area}/index.ts`) ? '.' : `./${area}`;
  const index = existsSync(join(ROOT, servicesIndex))
    ? read(servicesIndex)
    : '/** What other wings and the API may call. */\n';
  const exported = lines(
    `export { create${Type}, delete${Type}, update${Type} } from '${inside}/change-${one}.ts';`,
    `export { get${Type}, list${Types}, type ${Type}View } from '${inside}/${one}-view.ts';`,
  );
  const endpoints = ['create', 'list', 'get', 'update', 'delete'].map(
    (verb) => `${verb}${verb === 'list' ? Types : Type}Endpoint`,
  );
  const routes = `import { ${endpoints.join(', ')} } from './${area}.routes.ts';\n`;
  const list = beforeEnd(
    `${routes}${read(`api/${wing}/index.ts`)}`,
    /_ENDPOINTS\b[^=]*= \[/,
    ']',
    endpoints.map((name) => `  ${name},\n`).join(''),
  );
  return {
    'schema/migrations/index.ts': `import * as ${variable}Tables from './${migration}.ts';\n${migrations}`,
    [servicesIndex]: `${index}${exported}`,
    [`api/${wing}/index.ts`]: list,
  };
}

function runNode(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) stop(`${args.join(' ')} failed; the files are written, correct them and run it again.`);
}

const names = readWish();
const files = filesOf(names);
const taken = Object.values(files).filter((path) => existsSync(join(ROOT, path)));
if (taken.length > 0) stop(`These files exist already: ${taken.join(', ')}`);
const written = {
  ...Object.fromEntries(Object.entries(files).map(([template, path]) => [path, filled(template, names)])),
  ...register(names),
};
for (const [path, text] of Object.entries(written)) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
runNode('node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...Object.keys(written));
runNode('dev/schema-types.ts');
runNode('api/openapi.ts');
runNode('dev/client.ts');
process.stdout.write(
  lines(
    `${names.wing}/${names.area} is there. Make it what it is to be, from the table to the test:`,
    ...Object.values(files).map((path) => `  ${path}`),
    `Try it: npm test -- api/${names.wing}/${names.area}`,
  ),
);
