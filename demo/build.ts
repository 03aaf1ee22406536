import type { Config } from '../config.ts';
import { AppError } from '../domain/core/errors.ts';
import { type Databases, openDatabases } from '../schema/db.ts';
import { audit } from '../services/core/audit.ts';
import { systemClock } from '../services/core/clock.ts';
import { type Ctx, type Scope, SYSTEM_PRINCIPAL } from '../services/core/context.ts';
import type { GroupVerb } from '../services/core/group.ts';
import { refreshStatistics } from '../services/core/statistics.ts';
import { inTransaction } from '../services/core/transaction.ts';
import {
  findCustomers,
  ingestConversion,
  ingestEvent,
  ingestInteraction,
  ingestPageView,
  ingestSpend,
  mergeCustomers,
} from '../services/data/index.ts';
import { createRun, executeRun, putExchangeRates } from '../services/insight/index.ts';
import type { OutreachTools } from '../services/outreach/index.ts';
import { createOrganization } from '../services/platform/organizations/index.ts';
import { createMailing, type Mailing } from '../services/platform/sends/index.ts';
import { buildAgent } from './agent.ts';
import { buildCompanies, buildProspects, buildSelling } from './customer-record.ts';
import type { DemoDefinition } from './definition.ts';
import { anchorOf, type DemoFacts, demoFacts } from './facts.ts';
import { buildIntent } from './intent.ts';
import { demoKey } from './keys.ts';
import { becomeCustomers, lateBuyersOf } from './late-buyers.ts';
import { buildLivedCadence, type LivedCadence } from './lived-cadence.ts';
import { buildMailings } from './mailings.ts';
import { NORTHWIND } from './northwind.ts';
import { MERGED_BY_HAND, peopleOf } from './people.ts';
import { createRoster } from './roster.ts';
import { SOUTHWIND } from './southwind.ts';
import { createTickets } from './tickets.ts';
import { inLanes, together } from './together.ts';

export interface Demo {
  organizationId: string;
  organizationName: string;
  apiKey: string;
}

export const DEMO_ORGANIZATIONS: readonly DemoDefinition[] = [NORTHWIND, SOUTHWIND];

type AppDatabases = Pick<Databases, 'app' | 'platform'>;

/** Units of work that go on side by side; beyond two cores, more would wait for each other. */
const POOL_SIZE = 5;
const GROUP = 1_000;
const LANES = 2;
/** No plan is wrong for these. */
const FEW = 2 * GROUP;
const INGESTED = [
  'conversions',
  'customer_identifiers',
  'customers',
  'events',
  'identity_evidence',
  'identity_links',
  'interaction_participants',
  'interactions',
  'website_page_views',
];
const BUILT = 'demo.built';
const AGENT_BUILT = 'demo.agent_built';

/** Builds the demo organizations through the services, once; later calls only read their keys back. */
export async function buildDemo(config: Config, report: (line: string) => void = () => {}): Promise<Demo[]> {
  // A build that is cut off goes on at the next start, so no commit needs to wait for the disk.
  const databases = openDatabases({ ...config.database, poolSize: POOL_SIZE, lazyCommits: true }, 'revloop-demo');
  try {
    const mailing = createMailing({ ...config.mail, publicUrl: config.http.publicUrl, encryption: config.encryption });
    const build = async (definition: DemoDefinition): Promise<Demo> => {
      const scope = scopeOf(definition, systemClock.now());
      const tools = { ...config.outreach, domains: NO_DOMAINS, allowUnverified: true, mailing };
      const sales = {
        beforeOrders: (cadence: LivedCadence) => buildLivedCadence(databases, tools, scope, cadence),
        afterwards: () => buildSales(databases, tools, scope),
      };
      const own = definition === NORTHWIND ? sales : {};
      await buildOrganization(databases, mailing, definition, scope.now, { report, ...own });
      const apiKey = await demoKey(databases, scope, definition.keyFile, config.development.dataDir);
      return { organizationId: definition.organizationId, organizationName: definition.name, apiKey };
    };
    return await together(...DEMO_ORGANIZATIONS.map(build));
  } finally {
    await databases.close();
  }
}

/** The demo's sender has no domain of its own that could be checked, and asks nobody. */
const NO_DOMAINS = { read: () => Promise.reject(new Error('The demo asks no name server.')) };

/** Once, and not again after a part of it: whoever was written to is not written to a second time. */
async function buildSales(databases: AppDatabases, tools: OutreachTools, scope: Scope): Promise<void> {
  const work = <T>(unit: (ctx: Ctx) => Promise<T>) => inTransaction(databases.app, scope, unit);
  if (await work((ctx) => isBuilt(ctx, AGENT_BUILT))) return;
  await work((ctx) => audit(ctx, AGENT_BUILT, { entityType: 'organization', entityId: ctx.organizationId }));
  await together(buildMailings(databases, tools, scope), buildAgent(databases, tools, scope));
}

const scopeOf = ({ organizationId }: DemoDefinition, now: Date): Scope => ({
  organizationId,
  principal: SYSTEM_PRINCIPAL,
  now,
});

export interface BuildOptions {
  report?: (line: string) => void;
  /** What builds on the customer record and does not wait for the rest. */
  afterwards?: () => Promise<void>;
  /** What was done with the latest buyers before they bought. */
  beforeOrders?: (cadence: LivedCadence) => Promise<void>;
}

/**
 * Builds one organization, or goes on where a killed start left off: every step finds what it has done before. Once the
 * last one is done nothing is written again, whatever has happened to the data since.
 */
export async function buildOrganization(
  databases: AppDatabases,
  mailing: Mailing,
  definition: DemoDefinition,
  now: Date,
  { report = () => {}, beforeOrders = async () => {}, afterwards = async () => {} }: BuildOptions = {},
): Promise<void> {
  const scope = scopeOf(definition, now);
  const work = <T>(unit: (ctx: Ctx) => Promise<T>) => inTransaction(databases.app, scope, unit);
  if (!(await createdAt(databases, definition))) {
    await createOrganization(databases.app, scope, { name: definition.name, plan: 'enterprise' });
  }
  if (await work(isBuilt)) return;
  report(`Building the demo organization ${definition.name}`);
  await work((ctx) => createRoster(ctx, definition));
  const anchor = anchorOf((await createdAt(databases, definition))!);
  const facts = demoFacts(definition, anchor);
  await ingestAll(work, ingestInteraction, facts.interactions, (touch) => personOf(touch.externalInteractionId));
  // What does not depend on each other goes on side by side: while one waits for Postgres, the other prepares.
  const lateBuyers = lateBuyersOf(definition, anchor);
  const contacts = async () => {
    const companies = await buildCompanies(work, definition);
    return { ...companies, prospects: await buildProspects(work, definition, companies, lateBuyers) };
  };
  const [companies] = await together(contacts(), ingestRest(work, definition, facts));
  const { prospects } = companies;
  if (facts.interactions.length > FEW) await work((ctx) => refreshStatistics(ctx));
  const selling = async () => {
    await buildSelling(work, definition, { ...companies, mailing });
    await buildIntent(work, definition);
    const written = prospects.filter(({ row }) => lateBuyers.has(row.email ?? ''));
    await beforeOrders({ anchor, prospects: written });
    await becomeCustomers(work, lateBuyers, written);
    await afterwards();
  };
  await together(createTickets(work, definition, now), selling());
  await work(async (ctx) => {
    // What a run reads was committed before: its snapshot sees nothing of its own transaction.
    for (const run of definition.runs) {
      const { id } = await createRun(ctx, run);
      await executeRun(ctx, { runId: id });
    }
    await audit(ctx, BUILT, { entityType: 'organization', entityId: ctx.organizationId });
  });
}

async function createdAt({ platform }: AppDatabases, { organizationId, name }: DemoDefinition) {
  const row = await platform
    .selectFrom('organizations')
    .select(['created_at', 'name'])
    .where('id', '=', organizationId)
    .executeTakeFirst();
  if (row && row.name !== name) throw new Error(`The organization ${organizationId} is ${row.name}, not the demo.`);
  return row?.created_at;
}

async function isBuilt(ctx: Ctx, mark = BUILT): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('audit_logs')
    .select('id')
    .where('entity_type', '=', 'organization')
    .where('entity_id', '=', ctx.organizationId)
    .where('action', '=', mark)
    .executeTakeFirst();
  return row !== undefined;
}

type Work = <T>(unit: (ctx: Ctx) => Promise<T>) => Promise<T>;

async function ingestRest(work: Work, definition: DemoDefinition, facts: DemoFacts): Promise<void> {
  await ingestAll(work, ingestConversion, facts.conversions, (order) => personOf(order.externalEventId));
  await ingestAll(work, ingestPageView, facts.pageViews, visitorOf);
  await ingestAll(work, ingestEvent, facts.events, visitorOf);
  await ingestAll(work, ingestSpend, facts.spend, () => '');
  await work((ctx) => putExchangeRates(ctx, { rates: facts.rates }));
  await work((ctx) => mergeByHand(ctx, definition)).catch(unless('SAME_CUSTOMER'));
}

/**
 * In groups of a transaction each, two at a time; what an earlier, killed start has stored is passed over. All that is of one
 * person goes into one group: nobody is looked up twice, and no group waits for another one's rows.
 */
async function ingestAll<Input>(
  work: Work,
  verb: GroupVerb<Input, unknown>,
  inputs: readonly Input[],
  whose: (input: Input) => string,
): Promise<void> {
  let done = 0;
  const ingest = async (group: readonly Input[]) => {
    const outcomes = await work((ctx) => verb.group(ctx, group));
    const refused = outcomes.find((outcome) => !outcome.ok && !outcome.error.code.startsWith('DUPLICATE_'));
    if (refused && !refused.ok) throw refused.error;
    done += 1;
    // Plans that were made for empty tables do not end in time on full ones: looked at whenever they have grown fourfold.
    if (inputs.length > FEW && Number.isInteger(Math.log2(done) / 2))
      await work((ctx) => refreshStatistics(ctx, INGESTED));
  };
  const [first, ...groups] = groupsOf(inputs, whose);
  if (first) await ingest(first);
  await inLanes(LANES, groups, ingest);
}

function groupsOf<Input>(inputs: readonly Input[], whose: (input: Input) => string): Input[][] {
  const groups: Input[][] = [];
  for (const own of Map.groupBy(inputs, whose).values()) {
    const last = groups.at(-1);
    if (last && last.length + own.length <= GROUP) last.push(...own);
    else groups.push(own);
  }
  return groups;
}

/** Touches and orders of the demo are numbered within their person. */
const personOf = (externalId: string): string => externalId.replace(/((?:touch|order)-\d+)-.*$/, '$1');
const visitorOf = ({ visitorId }: { visitorId?: string | null | undefined }): string => visitorId ?? '';

/** Somebody noticed that two records are one customer, though no identifier says so. */
async function mergeByHand(ctx: Ctx, definition: DemoDefinition): Promise<void> {
  const people = peopleOf(definition);
  const ids: string[] = [];
  for (const index of MERGED_BY_HAND) {
    const email = people[index]!.email.value;
    const { items } = await findCustomers(ctx, { email, page: 1, limit: 1 });
    ids.push(items[0]!.id);
  }
  const [sourceId, targetId] = ids as [string, string];
  await mergeCustomers(ctx, { sourceId, targetId, reason: 'Same person, private and work address' });
}

const unless = (code: string) => (error: unknown) => {
  if (!(error instanceof AppError) || error.code !== code) throw error;
};
