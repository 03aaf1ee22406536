import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0: hung up without an answer; -1: still nothing when time was up. */
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** One request as bytes, for what no client would send. */
export function sendRaw(
  url: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  timeoutMs = 15_000,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const begun = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const end = (late: boolean) => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? (late ? -1 : 0));
      resolve({ status, text: text.slice(text.indexOf('\r\n\r\n') + 4), ms: performance.now() - begun });
    };
    const timer = setTimeout(() => end(true), timeoutMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      end(false);
    });
    const head = Object.entries({ host: `${hostname}:${port}`, connection: 'close', ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    socket.write(`${method} ${path} HTTP/1.1\r\n${head}content-length: ${body.length}\r\n\r\n`);
    socket.write(body);
  });
}

/** Connections that never finish their headers. */
export function openSlowly(url: string, count: number): Socket[] {
  const { hostname, port } = new URL(url);
  return Array.from({ length: count }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write('POST /v1/interactions HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    return socket;
  });
}
