import { TcpProxy } from '../../test/http/tcp-proxy.ts';
import { openToxiproxy, type Toxiproxy } from './toxiproxy.ts';

/** What happens to what the server sends (`down`) or the client sends (`up`). */
export type Toxic =
  /** Every piece comes this much later. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** Nothing comes through, and nobody hangs up. */
  | { readonly kind: 'black-hole' }
  /** The connection is reset; what was sent the other way has arrived. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number };

/** A wire between two parts that can be made bad, and cut. */
export interface Wire {
  /** Of its near end. */
  readonly host: string;
  readonly port: number;
  /** From now on, also for connections that are open. */
  poison(toxic: Toxic, direction?: 'down' | 'up'): Promise<void>;
  /** All is well again. */
  heal(): Promise<void>;
  /** Breaks all connections and refuses new ones until `restore`. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export interface Wires {
  /** Which program stands on the wires. */
  readonly by: string;
  to(host: string, port: number): Promise<Wire>;
  close(): Promise<void>;
}

/** Toxiproxy where it is there or Go can build it; else the small proxy of the tests, which knows the same toxics. */
export async function openWires(report: (line: string) => void): Promise<Wires> {
  const toxiproxy: Toxiproxy | string = await openToxiproxy(report);
  if (typeof toxiproxy !== 'string') return toxiproxy;
  report(`No Toxiproxy (${toxiproxy}); the wires use the proxy of test/http/tcp-proxy.ts`);
  return { by: 'test/http/tcp-proxy.ts', to: ownWire, close: async () => {} };
}

async function ownWire(host: string, port: number): Promise<Wire> {
  const proxy = await TcpProxy.to(host, port);
  return {
    host: '127.0.0.1',
    port: proxy.port,
    async poison(toxic, direction = 'down') {
      proxy.toxic = { ...toxic, direction };
    },
    async heal() {
      proxy.toxic = undefined;
      await proxy.cut();
      await proxy.restore();
    },
    cut: () => proxy.cut(),
    restore: () => proxy.restore(),
    close: () => proxy.close(),
  };
}
