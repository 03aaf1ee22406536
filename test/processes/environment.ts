import { cacheDir } from '../../dev/host.ts';

const KEEP_COMPILED = new URL('keep-compiled.ts', import.meta.url).href;

/** Of a process of the product in a test: nothing of the configuration of this one, and what was compiled once is compiled. */
export const processEnvironment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  NODE_COMPILE_CACHE: cacheDir('test', 'compiled'),
  NODE_OPTIONS: `--import=${KEEP_COMPILED}`,
  ...more,
});
