import { rmSync, statSync } from 'node:fs';
import { cacheDir } from '../../dev/host.ts';

const compiled = () => cacheDir('test', 'compiled');
const WEEK_MS = 7 * 86_400_000;

/** Node takes nothing out of this cache, and every change of a source adds to it: each week it is begun anew. */
export function forgetOldCompiled(): void {
  if (statSync(compiled()).birthtimeMs < Date.now() - WEEK_MS) rmSync(compiled(), { recursive: true, force: true });
}

const KEEP_COMPILED = new URL('keep-compiled.ts', import.meta.url).href;

/** Of a process of the product in a test: nothing of the configuration of this one, and what was compiled once is compiled. */
export const processEnvironment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  NODE_COMPILE_CACHE: compiled(),
  NODE_OPTIONS: `--import=${KEEP_COMPILED}`,
  ...more,
});
