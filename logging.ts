import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';

export interface LogOptions {
  readonly level: string;
  /** Written beside stdout when set. */
  readonly file?: string | undefined;
}

/** Lines leave in blocks, at the latest after this time: a system call for each would cost a fifth of the throughput. */
const FLUSH_MS = 100;
const BLOCK_BYTES = 8_192;

/** One JSON line per entry, to stdout and to the log file. Ends with `logger.flush()`. */
export function createLogger({ level, file }: LogOptions, process: string): pino.Logger {
  const options = { level, base: { process } };
  const to = (dest: string | number) =>
    pino.destination({ dest, sync: false, minLength: BLOCK_BYTES, periodicFlush: FLUSH_MS });
  if (!file) return pino(options, to(1));
  mkdirSync(dirname(file), { recursive: true });
  const streams = [to(1), to(file)].map((stream) => ({ level: level as pino.Level, stream }));
  return pino(options, pino.multistream(streams));
}
