import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BundleOptions } from './bundle.ts';
import { workflowBundle } from './bundle.ts';

/** Inside the project, because the workflows must find its node_modules. */
const CACHE = fileURLToPath(new URL('../.cache', import.meta.url));

describe('workflow bundle', () => {
  let options: BundleOptions;
  let folder: string;
  const source = (value: string) => `export async function flow(): Promise<string> { return '${value}'; }\n`;
  const write = (text: string) => writeFile(options.workflowsPath, text);

  beforeEach(async () => {
    await mkdir(CACHE, { recursive: true });
    folder = await mkdtemp(join(CACHE, 'bundle-test-'));
    await mkdir(join(folder, 'source'));
    options = {
      workflowsPath: join(folder, 'source/index.ts'),
      sourceRoots: [join(folder, 'source')],
      cacheDir: join(folder, 'bundles'),
    };
    await write(source('one'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is built once per content, also by two processes at once, and again when a source changes', async () => {
    const [first, twin] = await Promise.all([workflowBundle(options), workflowBundle(options)]);
    expect(first.built).toBe(true);
    expect(twin.codePath).toBe(first.codePath);
    expect(await readdir(options.cacheDir)).toHaveLength(1);
    expect(await readFile(first.codePath, 'utf8')).toContain('one');
    expect(await workflowBundle(options)).toEqual({ codePath: first.codePath, built: false });
    await write(source('two'));
    const second = await workflowBundle(options);
    expect(second.built).toBe(true);
    expect(second.codePath).not.toBe(first.codePath);
    await write(source('one'));
    expect(await workflowBundle(options)).toEqual({ codePath: first.codePath, built: false });
  }, 60_000);

  it('says what is wrong with the workflows', async () => {
    await write(`import { readFileSync } from 'node:fs';\nexport const flow = async () => readFileSync('x');\n`);
    await expect(workflowBundle(options)).rejects.toThrow(/node:fs|'fs'/);
  }, 60_000);
});
