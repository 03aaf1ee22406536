import { inParallel } from '../lib/caller.ts';
import { startProvider } from '../lib/provider.ts';
import type { Trial } from '../lib/trial.ts';
import type { World } from '../lib/world.ts';
import { nowSeconds, SIGNATURES, type Sign } from './signing.ts';
import { dice, eventsOf } from './told-calls.ts';

interface Route {
  readonly path: string;
  readonly install: object;
  readonly sign: Sign;
  readonly textOf: (index: number) => string;
  /** Whether the form signs the body and the time. */
  readonly signs: 'body and time' | 'body' | 'nothing';
}

const call = (index: number): string => eventsOf(index)[index % 4]!;
const event = (index: number): string => JSON.stringify({ id: `evt_${index}`, type: 'charge.succeeded', data: {} });
const track = (index: number): string =>
  JSON.stringify({ messageId: `m-${index}`, type: 'track', event: 'Signed Up', userId: `u-${index}` });
const own = (provider: string, credentials: object = {}) => ({ provider, credentials });

/** Every way in which a webhook of an integration proves itself. */
const ROUTES: Readonly<Record<string, Route>> = {
  'Convin, signed': {
    path: '/v1/webhooks/convin',
    install: own('convin'),
    sign: SIGNATURES.convin,
    textOf: call,
    signs: 'body and time',
  },
  'Convin, token': {
    path: '/v1/webhooks/convin',
    install: own('convin'),
    sign: SIGNATURES.bearer,
    textOf: call,
    signs: 'nothing',
  },
  'telephony, plain hash': {
    path: '/v1/webhooks/telephony',
    install: own('telephony'),
    sign: SIGNATURES.plain,
    textOf: call,
    signs: 'body and time',
  },
  'telephony, Standard Webhooks': {
    path: '/v1/webhooks/telephony',
    install: own('telephony'),
    sign: SIGNATURES.standard,
    textOf: call,
    signs: 'body and time',
  },
  Stripe: {
    path: '/api/v1/integrations/webhook/stripe',
    install: own('stripe', { apiKey: 'sk_test', webhookSecret: 'SECRET' }),
    sign: SIGNATURES.stripe,
    textOf: event,
    signs: 'body and time',
  },
  Segment: {
    path: '/api/v1/integrations/webhook/segment',
    install: own('segment', { writeKey: 'key', webhookSecret: 'SECRET' }),
    sign: SIGNATURES.segment,
    textOf: track,
    signs: 'body',
  },
  Salesforce: {
    path: '/api/v1/integrations/webhook/salesforce',
    install: own('salesforce', { clientId: 'client', clientSecret: 'secret' }),
    sign: SIGNATURES.bearer,
    textOf: event,
    signs: 'nothing',
  },
};

/** A4: whatever is not proved leaves no trace. */
export const forged: Trial = {
  id: 'C3',
  title: 'Webhooks that are tampered with, old, early, of another organization, or not signed',
  guarantee: 'Each is answered 401 and leaves no row, while what is signed goes in beside it.',
  async run(world, { n }) {
    // A webhook that is taken in begins a sync, which ends here.
    const provider = await startProvider({ answer: () => ({ status: 401, body: {} }) });
    world.cleanUp(() => provider.close());
    const bases = ['stripe', 'salesforce'].map((slug) => `${slug}=${provider.url}`).join(',');
    const product = await world.startProduct({ workers: 1, env: { INTEGRATION_BASE_URLS: bases } });
    await product.up();
    const names = Object.keys(ROUTES);
    const each = Math.max(10, Math.round(n / names.length));
    const counts = { accepted: 0, otherStatus: 0, rows: 0, refusedSigned: 0 };
    for (const [at, [name, route]] of Object.entries(ROUTES).entries()) {
      const [mine, other] = [
        await install(world, product.url, route, at),
        await install(world, product.url, route, at + 50),
      ];
      const random = dice(at + 1);
      const send = async (text: string, headers: Readonly<Record<string, string>>) =>
        (await world.caller(product, mine)('POST', route.path, text, { ...headers, 'x-api-key': '' })).status;
      let good = 0;
      await inParallel(each, { atOnce: 8 }, async (index) => {
        const text = route.textOf(index);
        const seconds = nowSeconds();
        if (index % 10 === 0) {
          good += 1;
          if ((await send(text, route.sign(mine.secret, text, seconds))) !== 200) counts.refusedSigned += 1;
          return;
        }
        const [body, headers] = forgery(route, { mine: mine.secret, other: other.secret, text, at: seconds, random });
        const status = await send(body, headers);
        if (status === 401) return;
        if (status < 300) counts.accepted += 1;
        else counts.otherStatus += 1;
        world.report(`${name}: ${status} for ${JSON.stringify(headers)}`);
      });
      const [row] = await world.database.owner<[{ count: number }]>`
        select count(*)::integer as count from webhook_inbox
        where organization_id in (${mine.organizationId}, ${other.organizationId})`;
      counts.rows += Math.abs(row.count - good);
    }
    const { lost, stuck } = await world.drained();
    return {
      trials: each * names.length,
      counts: { lost, wrongTenant: await world.wrongTenant(), stuck, ...counts },
    };
  },
};

async function install(world: World, url: string, { install }: Route, salt: number) {
  const organization = await world.createOrganization();
  const made = Buffer.from(`secret number ${salt} of this trial`).toString('base64');
  const body = JSON.parse(JSON.stringify(install).replace('"SECRET"', JSON.stringify(`whsec_${made}`)));
  const { json, status } = await world.caller({ url }, organization)('POST', '/api/v1/integrations/install', body);
  if (status !== 201) throw new Error(JSON.stringify(json));
  return { ...organization, secret: json.data.webhookSecret as string };
}

interface Given {
  readonly mine: string;
  readonly other: string;
  readonly text: string;
  readonly at: number;
  readonly random: (below: number) => number;
}

/** One of the ways to be wrong that the form of proof can tell. */
function forgery(route: Route, { mine, other, text, at, random }: Given): [string, Readonly<Record<string, string>>] {
  const right = route.sign(mine, text, at);
  const [name, value] = Object.entries(right).at(-1)!;
  // Behind the scheme, whose letters may be of either case (RFC 9110, 11.1).
  const scheme = value.indexOf(' ') + 1;
  const cut = scheme + random(value.length - scheme);
  const flipped = `${value.slice(0, cut)}${value[cut] === 'b' ? 'c' : 'b'}${value.slice(cut + 1)}`;
  const ways: [string, Readonly<Record<string, string>>][] = [
    [text, {}],
    [text, { [name]: '' }],
    [text, { [name]: 'garbage' }],
    [text, route.sign(other, text, at)],
    [text, { ...right, [name]: flipped }],
    ...(route.signs === 'nothing'
      ? []
      : ([
          [`${text} `, right],
          [text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)), right],
          [JSON.stringify(JSON.parse(text), null, 1), right],
        ] as [string, Readonly<Record<string, string>>][])),
    ...(route.signs === 'body and time'
      ? ([
          [text, route.sign(mine, text, at - 301 - random(1_000_000))],
          [text, route.sign(mine, text, at + 310 + random(1_000_000))],
        ] as [string, Readonly<Record<string, string>>][])
      : []),
  ];
  return ways[random(ways.length)]!;
}
