import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort, waitUntil } from '../../dev/host.ts';
import type { FaultyServer } from './servers.ts';

export interface RedisServer extends FaultyServer {
  readonly url: string;
}

/** `redis-server` of this machine, in memory alone: what it knew is gone after `kill`. @returns why not, without one */
export async function openRedis(): Promise<RedisServer | string> {
  const port = await freePort();
  let child: ChildProcess;
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const start = async () => {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
    await once(child, 'spawn');
    if (await waitUntil(() => pongs(port), 10_000)) return;
    await end();
    throw new Error('it did not start');
  };
  try {
    await start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'redis-server is not installed' : message;
  }
  return { url: `redis://127.0.0.1:${port}`, kill: end, start, stop: end };
}

function pongs(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
  });
}
