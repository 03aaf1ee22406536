import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { type JsonSchema, wireName } from '../../api/http/casing.ts';
import type { TestDatabase } from '../../test/database.ts';
import { onWire } from '../../test/walk/content.ts';
import { createPlan, PlanError } from '../../test/walk/plan.ts';
import { bodySchemaOf, branchesOf, fieldsOf, replaced } from '../../test/walk/schema-values.ts';
import type { Prepared, Session } from '../../test/walk/session.ts';
import { querySchemaOf } from '../../test/walk/wrong-values.ts';
import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';
import { openApp } from './app.ts';
import { ATTACK_TEXTS } from './attack-texts.ts';

/** Slower than this is told of, not counted: a machine may be busy. A text that is run is seen asleep in the database. */
const MOST_MS = 2_000;
const LOOK_MS = 300;

/** Columns and conditions are chosen by these: each gets all the texts. */
const STEERING = /^(?:sort|filter|order|q|search|query|group_?by|dimension|metric)s?$/i;

/** A7: texts of attackers as every text that the API takes, in queries, paths and bodies. */
export const injection: Trial = {
  id: 'A7',
  title: `${ATTACK_TEXTS.length} texts of attackers in every text, sort, filter and order`,
  guarantee: 'No 500, none is run by the database, and no row of another organization or table changes.',
  async run(world, { n }) {
    const perText = Math.max(2, Math.round(n / 400));
    const app = openApp(world.database);
    const plan = createPlan(ENDPOINTS);
    const session = await app.session();
    const { owner } = world.database;
    const bystander = await app.organization();
    const catalogue = async () => {
      const [row] = await owner<[{ tables: number; roles: string; keys: number }]>`
        select (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace) as tables,
               (select string_agg(rolname || rolsuper, ',' order by rolname) from pg_roles) as roles,
               (select count(*)::int from api_keys where organization_id = ${bystander.organizationId}) as keys`;
      return JSON.stringify(row);
    };
    const before = await catalogue();
    const sleepers = await watchSleepers(world.database);
    const found = { requests: 0, answers500: 0, slow: 0 };
    const first: string[] = [];
    let turn = 0;
    let prepared = 0;
    const texts = (isSteering: boolean) =>
      isSteering ? ATTACK_TEXTS : Array.from({ length: perText }, () => ATTACK_TEXTS[turn++ % ATTACK_TEXTS.length]!);
    await inParallel(ENDPOINTS.length, { atOnce: 4 }, async (index) => {
      const endpoint = ENDPOINTS[index]!;
      let ready: Prepared;
      try {
        ready = await session.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
      } catch (error) {
        if (error instanceof PlanError) return;
        throw error;
      }
      prepared += 1;
      for (const [what, send] of attacks(session, ready, texts)) {
        const { status, ms } = await timed(send);
        found.requests += 1;
        // 503 says that somebody is not there, which is so for what waits for a worker.
        if (status >= 500 && status !== 503) {
          found.answers500 += 1;
          first.push(`${endpoint.operationId} ${what}: ${status}`);
        }
        if (ms > MOST_MS) {
          found.slow += 1;
          first.push(`${endpoint.operationId} ${what}: ${Math.round(ms)} ms`);
        }
      }
    });
    const unchanged = (await catalogue()) === before;
    const { run, blind } = await sleepers.stop();
    return {
      trials: found.requests,
      counts: { answers500: found.answers500, run, catalogueChanged: unchanged ? 0 : 1, watchedInVain: blind ? 1 : 0 },
      notes: {
        endpoints: prepared,
        slow: found.slow,
        sqlmap: hasProgram('sqlmap') ? 'present, run by hand' : 'not present: not run',
        ...(first.length > 0 ? { first: first.slice(0, 8).join(' | ') } : {}),
      },
    };
  },
};

/** Each text that asks for a delay sleeps 3 s in the database where it is run; `blind` when even one of ours is not seen. */
async function watchSleepers({
  owner,
  url,
}: TestDatabase): Promise<{ stop(): Promise<{ run: number; blind: boolean }> }> {
  const seen = new Set<string>();
  const look = async () => {
    const rows = await owner<{ id: string }[]>`
      select pid || ' ' || query_start as id from pg_stat_activity
      where datname = current_database() and wait_event = 'PgSleep'`;
    for (const { id } of rows) seen.add(id);
  };
  let stopped = false;
  const loop = (async () => {
    for (; !stopped; await sleep(LOOK_MS)) await look();
  })();
  return {
    async stop() {
      stopped = true;
      await loop;
      const run = seen.size;
      const own = postgres(url, { max: 1, onnotice: () => {} });
      const asleep = own`select pg_sleep(2)`.execute();
      for (let looks = 0; looks < 5 && seen.size === run; looks++) await Promise.all([look(), sleep(LOOK_MS)]);
      await asleep;
      await own.end();
      return { run, blind: seen.size === run };
    },
  };
}

/** A text that is run takes its time every time; a machine that is busy does so once. */
async function timed(send: Attack[1]): Promise<{ status: number; ms: number }> {
  let fastest = Number.POSITIVE_INFINITY;
  let status = 0;
  for (let attempt = 0; attempt < 3 && fastest > MOST_MS; attempt++) {
    const begun = performance.now();
    status = Math.max(status, (await send()).status);
    fastest = Math.min(fastest, performance.now() - begun);
  }
  return { status, ms: fastest };
}

type Attack = readonly [what: string, send: () => Promise<{ status: number }>];

function* attacks(
  session: Session,
  prepared: Prepared,
  texts: (isSteering: boolean) => readonly string[],
): Generator<Attack> {
  const { endpoint } = prepared;
  const query = querySchemaOf(endpoint);
  for (const [name, node] of Object.entries(query?.properties ?? {})) {
    if (!isText(branchesOf(query!, node as JsonSchema))) continue;
    for (const text of texts(STEERING.test(name))) {
      const search = `${wireName(endpoint.face, name)}=${encodeURIComponent(text.toWellFormed())}`;
      yield [`?${search.slice(0, 60)}`, () => session.send(prepared, { search })];
    }
  }
  for (const name of Object.keys(prepared.params)) {
    for (const text of texts(false)) {
      const params = { ...prepared.params, [name]: text.toWellFormed() };
      yield [`{${name}} = ${JSON.stringify(text).slice(0, 60)}`, () => session.send({ ...prepared, params })];
    }
  }
  const body = bodySchemaOf(endpoint);
  if (!body || endpoint.bodyKind === 'upload' || endpoint.method === 'get') return;
  for (const { path, branches } of fieldsOf(body, prepared.body ?? {})) {
    if (path.length === 0 || !isText(branches)) continue;
    for (const text of texts(STEERING.test(path.at(-1)!))) {
      const sent = JSON.stringify(onWire(endpoint, replaced(prepared.body ?? {}, path, text)));
      yield [`${path.join('.')} = ${JSON.stringify(text).slice(0, 60)}`, () => session.send(prepared, { text: sent })];
    }
  }
}

const isText = (branches: readonly JsonSchema[]): boolean => branches.some(({ type }) => type === 'string');

const hasProgram = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
