import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';

export interface LogOptions {
  readonly level: string;
  /** Written beside stdout when set. */
  readonly file?: string | undefined;
}

/** One JSON line per entry, to stdout and to the log file. */
export function createLogger({ level, file }: LogOptions, process: string): pino.Logger {
  const options = { level, base: { process } };
  if (!file) return pino(options);
  mkdirSync(dirname(file), { recursive: true });
  return pino(
    options,
    pino.multistream([
      { level: level as pino.Level, stream: globalThis.process.stdout },
      { level: level as pino.Level, stream: pino.destination({ dest: file, sync: false }) },
    ]),
  );
}
