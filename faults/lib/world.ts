import type { Client } from '@temporalio/client';
import { type Report, StartError } from '../../dev/host.ts';
import { createClient } from '../../temporal/connection.ts';
import { cloneTemplate, type TestDatabase } from '../../test/database.ts';
import { createOrganization, type TestOrganization } from '../../test/http/harness.ts';
import { type Caller, type CallerOptions, createCaller } from './caller.ts';
import { backlog, stuckWorkflows, wrongTenant } from './counts.ts';
import { type Product, type ProductOptions, startProduct } from './product.ts';
import { NAMESPACE, openTemporal, type PostgresServer, type TemporalServer } from './servers.ts';
import { openWires, type Wire, type Wires } from './wire.ts';

type Undo = () => Promise<unknown>;

/** What a trial has: its own database, its own Temporal server, and whatever it starts. All of it goes when it ends. */
export interface World {
  readonly report: Report;
  readonly postgres: PostgresServer;
  /** This trial's own, on that server. It is reached directly, past any wire. */
  readonly database: TestDatabase;
  /** Started when it is asked for first; its history is in a file. */
  temporal(): Promise<TemporalServer>;
  temporalClient(): Promise<Client>;
  /** Starts the product on this world's servers, or on what `servers` puts in their place, such as a wire. */
  startProduct(
    options?: ProductOptions & { servers?: { databaseUrl?: string; temporalAddress?: string } },
  ): Promise<Product>;
  createOrganization(): Promise<TestOrganization>;
  caller(product: { url: string }, organization: TestOrganization, options?: Partial<CallerOptions>): Caller;
  /** A wire to a server on this machine. */
  wire(port: number): Promise<Wire>;
  /** Which program the wires are. */
  wiredBy(): Promise<string>;
  /** Waits until the database's queues are empty and no workflow has anything pending; answers what is left then. */
  drained(options?: { seconds?: number; also?: () => Promise<boolean> }): Promise<{ lost: number; stuck: number }>;
  /** Rows that hang on another organization's. */
  wrongTenant(): Promise<number>;
  /** Runs when the trial ends, newest first. */
  cleanUp(undo: Undo): void;
}

export async function openWorld(
  trial: string,
  shared: { folder: string; postgres: PostgresServer; report: Report },
): Promise<World & { close(): Promise<void> }> {
  const { postgres, report, folder } = shared;
  const undo: Undo[] = [];
  const keep = <T extends { close(): Promise<unknown> } | { stop(): Promise<unknown> }>(one: T): T => {
    undo.push(() => ('close' in one ? one.close() : one.stop()));
    return one;
  };
  const database = await cloneTemplate(postgres.url);
  undo.push(() => database.drop());
  let server: Promise<TemporalServer> | undefined;
  let client: Promise<Client> | undefined;
  let wires: Promise<Wires> | undefined;
  const temporal = () => (server ??= openTemporal(folder, report).then(keep));
  const temporalClient = () =>
    (client ??= temporal().then(
      ({ address }) => keep(createClient({ address, namespace: NAMESPACE, identity: 'faults' })).client,
    ));
  const openedWires = () => (wires ??= openWires(report).then(keep));

  return {
    report,
    postgres,
    database,
    temporal,
    temporalClient,
    async startProduct({ servers = {}, ...options } = {}) {
      const temporalAddress = servers.temporalAddress ?? (await temporal()).address;
      const databaseUrl = servers.databaseUrl ?? database.url;
      return keep(await startProduct(trial, { databaseUrl, temporalAddress, namespace: NAMESPACE }, options));
    },
    createOrganization: () => createOrganization(database),
    caller: ({ url }, { organizationId, key }, options = {}) => createCaller({ url, organizationId, key, ...options }),
    wire: async (port) => keep(await (await openedWires()).to('127.0.0.1', port)),
    wiredBy: async () => (await openedWires()).by,
    async drained({ seconds = 60, also } = {}) {
      const begun = performance.now();
      for (let told = begun; ; ) {
        const late = performance.now() > begun + seconds * 1_000;
        const { commands, events, reactions } = await backlog(database.owner);
        const lost = commands + events + reactions;
        const stuck =
          server === undefined || (lost > 0 && !late)
            ? []
            : await stuckWorkflows(await temporalClient(), { atMost: late ? Infinity : 1 });
        if (late || (lost === 0 && stuck.length === 0 && (also === undefined || (await also())))) {
          for (const { type, workflowId, why } of stuck.slice(0, 5)) report(`Left: ${type} ${workflowId}: ${why}`);
          return { lost, stuck: stuck.length };
        }
        if (performance.now() > told + 10_000) {
          told = performance.now();
          const workflow = stuck[0] ? `${stuck[0].type} ${stuck[0].why}` : 'workflows not asked yet';
          report(`${trial} works off ${commands} commands, ${events} events, ${reactions} reactions; ${workflow}`);
        }
        // A look at the workflows is work for the server that carries them out.
        await new Promise((resolve) => setTimeout(resolve, stuck.length > 0 ? 2_000 : 250));
      }
    },
    wrongTenant: () => wrongTenant(database.owner),
    cleanUp: (one) => void undo.push(one),
    async close() {
      const failures: string[] = [];
      for (let one = undo.pop(); one; one = undo.pop())
        await one().catch((error: unknown) => failures.push((error as Error).message));
      if (failures.length > 0) throw new StartError(`The trial ${trial} did not clean up: ${failures.join('; ')}`);
    },
  };
}
