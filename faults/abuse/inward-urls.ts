import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENDPOINTS } from '../../api/endpoints.ts';
import type { JsonSchema } from '../../api/http/casing.ts';
import { createOutbound, type Resolve } from '../../providers/http/outbound.ts';
import { INWARD_URLS } from '../../test/inward-urls.ts';
import { onWire } from '../../test/walk/content.ts';
import { createPlan, PlanError } from '../../test/walk/plan.ts';
import { bodySchemaOf, fieldsOf, replaced } from '../../test/walk/schema-values.ts';
import { integrationEnv, startEmptyProviders } from '../lib/integrations.ts';
import type { Trial } from '../lib/trial.ts';
import { openApp } from './app.ts';

/** By its name or its form, a field that holds an address of the web. */
const isUrlField = (path: readonly string[], branches: readonly JsonSchema[]): boolean =>
  branches.some(({ type, format }) => type === 'string' && (format === 'uri' || format === 'url')) ||
  (branches.some(({ type }) => type === 'string') &&
    /(?:url|uri|link|website|webhook|callback|endpoint|avatar|logo)$/i.test(path.at(-1) ?? ''));

/** A8: addresses inside of the house in every field that takes one; workers run, so whatever would be called is. */
export const inwardUrls: Trial = {
  id: 'A8',
  title: 'addresses of this machine and its network in every field for a URL',
  guarantee: 'Nothing on this machine is ever connected to: refused as it is written, or before the connection.',
  async run(world) {
    let hits = 0;
    const canary = createServer((_, response) => void response.end('canary'));
    canary.on('connection', () => {
      hits += 1;
    });
    await new Promise<void>((resolve) => canary.listen(0, '0.0.0.0', resolve));
    world.cleanUp(async () => {
      canary.closeAllConnections();
      canary.close();
    });
    const { port } = canary.address() as AddressInfo;
    // The control: whoever calls without a guard is heard.
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const control = hits;
    hits = 0;
    const urls = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      ...INWARD_URLS(port),
    ];
    const providers = await startEmptyProviders();
    world.cleanUp(() => providers.close());
    const product = await world.startProduct({
      apis: 0,
      workers: 1,
      env: { WEBHOOK_ALLOW_LOOPBACK: 'false', ...integrationEnv(providers.url) },
    });
    await product.up();
    const app = openApp(world.database);
    const plan = createPlan(ENDPOINTS);
    const session = await app.session();
    const fields: string[] = [];
    let [trials, answers500, stored] = [0, 0, 0];
    for (const endpoint of ENDPOINTS) {
      const body = bodySchemaOf(endpoint);
      if (!body || endpoint.bodyKind === 'upload' || endpoint.method === 'get') continue;
      let prepared: Awaited<ReturnType<typeof session.prepare>> | undefined;
      for (const { path, branches } of fieldsOf(body, plan.exampleOf(endpoint).body ?? {})) {
        if (!isUrlField(path, branches)) continue;
        try {
          prepared ??= await session.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
        } catch (error) {
          if (error instanceof PlanError) break;
          throw error;
        }
        fields.push(`${endpoint.operationId}.${path.join('.')}`);
        for (const url of urls) {
          const text = JSON.stringify(onWire(endpoint, replaced(prepared.body ?? {}, path, url)));
          const { status } = await session.send(prepared, { text });
          trials += 1;
          if (status >= 500 && status !== 503) answers500 += 1;
          if (status < 300) stored += 1;
        }
      }
    }
    // Whatever was stored in spite of all is told of something now.
    const { organizationId, key } = session.organization;
    await app.call({ organizationId, key, keyId: '' }, 'POST', '/v1/vendors', { body: { code: 'told', name: 'Told' } });
    await rebinding(port);
    trials += 2;
    await sleep(5_000);
    const { stuck } = await world.drained();
    return {
      trials,
      counts: {
        canaryHits: hits,
        answers500,
        stuck,
        controlNotHeard: control === 1 ? 0 : 1,
        noFieldFound: fields.length === 0 ? 1 : 0,
      },
      notes: { fields: fields.length, names: fields.join(' '), storedButNeverCalled: stored },
    };
  },
};

/** A name that is public when it is looked at and inward when it is called; and one that is both at once. */
async function rebinding(port: number): Promise<void> {
  let looked = 0;
  const answers: Resolve[] = [
    (_, __, callback) => callback(null, [{ address: looked++ === 0 ? '93.184.216.34' : '127.0.0.1', family: 4 }]),
    (_, __, callback) =>
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '93.184.216.34', family: 4 },
      ]),
  ];
  for (const resolve of answers) {
    const outbound = createOutbound({
      production: false,
      allowLoopback: false,
      // No address of the outside is called: the first answer is as good as a refusal here.
      resolve: (name, options, callback) =>
        resolve(name, options, (error, addresses) =>
          addresses.some(({ address }) => address.startsWith('127.'))
            ? callback(error, addresses)
            : callback(Object.assign(new Error('not asked'), { code: 'ENOTFOUND' }), []),
        ),
    });
    for (let call = 0; call < 2; call++)
      await outbound.send({ url: `http://rebind.example:${port}/`, method: 'GET' }).catch(() => {});
    await outbound.close();
  }
}
