import { spawn } from 'node:child_process';
import { endProcess, freePort, waitUntil } from '../../dev/host.ts';
import { findGoProgram } from './go-program.ts';
import type { Toxic, Wire, Wires } from './wire.ts';

export type Toxiproxy = Wires;

const VERSION = 'v2.5.0';
const PROGRAM = { name: 'toxiproxy', version: VERSION, path: 'github.com/Shopify/toxiproxy/v2/cmd/server' };

/** Starts a server of its own. @returns why not, where it cannot be had */
export async function openToxiproxy(report: (line: string) => void): Promise<Toxiproxy | string> {
  const program = await findGoProgram(PROGRAM, report);
  if (typeof program === 'string') return program;
  const apiPort = await freePort();
  const child = spawn(program.file, ['-host', '127.0.0.1', '-port', String(apiPort)], { stdio: 'ignore' });
  const api = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`http://127.0.0.1:${apiPort}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`Toxiproxy: ${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const answers = () =>
    api('GET', '/version').then(
      () => true,
      () => false,
    );
  if (!(await waitUntil(answers, 10_000))) {
    child.kill('SIGKILL');
    return 'it did not start';
  }
  let count = 0;
  return {
    by: `Toxiproxy ${VERSION}`,
    async to(host, port): Promise<Wire> {
      const name = `wire-${count++}`;
      const listenPort = await freePort();
      const listen = `127.0.0.1:${listenPort}`;
      await api('POST', '/proxies', { name, listen, upstream: `${host}:${port}`, enabled: true });
      const toxics: string[] = [];
      return {
        host: '127.0.0.1',
        port: listenPort,
        async poison(toxic, direction = 'down') {
          const id = `${toxic.kind}-${direction}-${toxics.length}`;
          toxics.push(id);
          const stream = direction === 'down' ? 'downstream' : 'upstream';
          await api('POST', `/proxies/${name}/toxics`, { name: id, stream, toxicity: 1, ...attributesOf(toxic) });
        },
        async heal() {
          for (const id of toxics.splice(0)) await api('DELETE', `/proxies/${name}/toxics/${id}`);
        },
        async cut() {
          await api('POST', `/proxies/${name}`, { enabled: false });
        },
        async restore() {
          await api('POST', `/proxies/${name}`, { enabled: true });
        },
        async close() {
          await api('DELETE', `/proxies/${name}`);
        },
      };
    },
    async close() {
      await endProcess(child.pid!, [['SIGKILL', 2_000]]);
    },
  };
}

function attributesOf(toxic: Toxic): { type: string; attributes: Record<string, number> } {
  switch (toxic.kind) {
    case 'latency':
      return { type: 'latency', attributes: { latency: toxic.milliseconds, jitter: 0 } };
    case 'black-hole':
      return { type: 'timeout', attributes: { timeout: 0 } };
    case 'reset':
      return { type: 'reset_peer', attributes: { timeout: 0 } };
    case 'bandwidth':
      // It counts in kilobytes; below one, pieces of the wanted size come once a second.
      return {
        type: 'slicer',
        attributes: { average_size: toxic.bytesPerSecond, size_variation: 0, delay: 1_000_000 },
      };
  }
}
