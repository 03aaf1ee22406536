import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './host.ts';

/** Runs one of the installed tools on this Node and returns its exit code. Signals are passed on. */
export function runNode(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // A terminal reaches the child by itself; tools treat the repetition as the same wish.
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((done) => {
    child.once('error', () => done(1));
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      done(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
