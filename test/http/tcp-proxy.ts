import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a bad line does to what goes one way. */
export type LineFault = { readonly direction: 'down' | 'up' } & (
  | { readonly kind: 'latency'; readonly milliseconds: number }
  | { readonly kind: 'black-hole' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number }
);

/** Stands between a client and a server, so that a test can take the server away, bring it back, or spoil the line. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();
  readonly #target: { host: string; port: number };
  #server: Server | undefined;
  port = 0;
  toxic: LineFault | undefined;

  private constructor(host: string, port: number) {
    this.#target = { host, port };
  }

  static async to(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port);
    await proxy.restore();
    return proxy;
  }

  async restore(): Promise<void> {
    const server = createServer((client) => {
      const upstream = connect(this.#target);
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => this.#sockets.delete(socket));
      }
      client.pipe(this.#line('up', client)).pipe(upstream).pipe(this.#line('down', client)).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as { port: number }).port;
    this.#server = server;
  }

  #line(direction: LineFault['direction'], client: Socket): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, pass) => void this.#carry(chunk, direction, client, pass),
    });
  }

  async #carry(chunk: Buffer, direction: string, client: Socket, pass: (error: null, data?: Buffer) => void) {
    const { toxic } = this;
    if (toxic?.direction !== direction) return pass(null, chunk);
    if (toxic.kind === 'latency') await sleep(toxic.milliseconds);
    if (toxic.kind === 'bandwidth') await sleep((chunk.length / toxic.bytesPerSecond) * 1_000);
    if (toxic.kind === 'reset') client.resetAndDestroy();
    pass(null, toxic.kind === 'black-hole' || toxic.kind === 'reset' ? undefined : chunk);
  }

  /** Breaks every connection and refuses new ones. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  close = (): Promise<void> => this.cut();
}
