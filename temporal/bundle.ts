import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FAILURE_CONVERTER_PATH } from './data-converter.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** How many bundles of other contents stay, so that going back and forth between branches needs no build. */
const KEPT = 3;

export interface BundleOptions {
  /** The module that exports every workflow function. */
  readonly workflowsPath: string;
  /** Folders whose sources decide the content; everything that workflows import lies in one of them. */
  readonly sourceRoots: readonly string[];
  readonly cacheDir: string;
  /** Modules with interceptors that run beside the workflows; none by default. */
  readonly interceptors?: readonly string[];
}

/** The product's own workflows. */
export const PRODUCT_BUNDLE: BundleOptions = {
  workflowsPath: join(ROOT, 'workflows/index.ts'),
  sourceRoots: [join(ROOT, 'workflows'), join(ROOT, 'domain')],
  cacheDir: join(ROOT, '.cache/workflow-bundles'),
};

export interface Bundle {
  readonly codePath: string;
  /** False when the cache had it. */
  readonly built: boolean;
}

/** From the cache, or built in a short process of its own: webpack would leave some 200 MB behind in a worker. */
export async function workflowBundle(options: BundleOptions = PRODUCT_BUNDLE): Promise<Bundle> {
  const codePath = await cachedPath(options);
  if (await touchIfPresent(codePath)) return { codePath, built: false };
  const script = fileURLToPath(new URL('./build-bundle.ts', import.meta.url));
  try {
    await promisify(execFile)(process.execPath, [script, JSON.stringify(options)], { cwd: ROOT });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`The workflows could not be bundled.\n${stderr?.trim() ?? ''}`, { cause: error });
  }
  return { codePath, built: true };
}

/** Builds in this process; `build-bundle.ts` calls it. */
export async function buildBundle(options: BundleOptions): Promise<string> {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const codePath = await cachedPath(options);
  const { code } = await bundleWorkflowCode({
    workflowsPath: options.workflowsPath,
    failureConverterPath: FAILURE_CONVERTER_PATH,
    workflowInterceptorModules: [...(options.interceptors ?? [])],
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(dirname(codePath), { recursive: true });
  // Several processes may build the same content; a rename is atomic, so readers see a whole file or none.
  const temporary = `${codePath}.${process.pid}.tmp`;
  await writeFile(temporary, code);
  await rename(temporary, codePath);
  await prune(options.cacheDir, codePath);
  return codePath;
}

async function cachedPath(options: BundleOptions): Promise<string> {
  const hash = createHash('sha256');
  const sdk = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  hash.update(`${sdk.version}\n${relative(ROOT, options.workflowsPath)}\n${(options.interceptors ?? []).join('\n')}`);
  const converter = ['failure-converter.ts', 'database-error.ts', 'scrub.ts'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  const files = [...(await Promise.all(options.sourceRoots.map(sourcesIn))).flat(), ...converter].sort();
  for (const file of files) {
    hash
      .update(`${relative(ROOT, file)}\n`)
      .update(await readFile(file))
      .update('\0');
  }
  return join(options.cacheDir, `workflows-${hash.digest('hex').slice(0, 32)}.cjs`);
}

async function sourcesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The time of last use decides what is pruned. */
async function touchIfPresent(path: string): Promise<boolean> {
  try {
    const { size } = await stat(path);
    const now = new Date();
    await utimes(path, now, now);
    return size > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function prune(cacheDir: string, current: string): Promise<void> {
  const paths = (await readdir(cacheDir)).map((name) => join(cacheDir, name)).filter((path) => path !== current);
  const aged = await Promise.all(paths.map(async (path) => ({ path, usedAt: await modifiedAt(path) })));
  aged.sort((a, b) => b.usedAt - a.usedAt);
  const abandoned = aged.filter((entry) => entry.path.endsWith('.tmp') && entry.usedAt < Date.now() - 600_000);
  const surplus = aged.filter((entry) => entry.path.endsWith('.cjs')).slice(KEPT);
  await Promise.all([...abandoned, ...surplus].map(({ path }) => rm(path, { force: true })));
}

const modifiedAt = (path: string): Promise<number> =>
  stat(path).then(
    (info) => info.mtimeMs,
    () => 0,
  );
