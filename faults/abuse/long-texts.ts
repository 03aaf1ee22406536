import { ENDPOINTS } from '../../api/endpoints.ts';
import type { JsonSchema } from '../../api/http/casing.ts';
import { onWire } from '../../test/walk/content.ts';
import { createPlan, PlanError } from '../../test/walk/plan.ts';
import { bodySchemaOf, fieldsOf, replaced } from '../../test/walk/schema-values.ts';
import type { Trial } from '../lib/trial.ts';
import { openApp } from './app.ts';

const LENGTH = 50_000;
const repeated = (part: string): string => part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);

/** Long texts on which expressions that look back and forth take for ever. */
const LONG = [
  repeated('a'),
  `${repeated('a')}!`,
  `a@${repeated('a.')}`,
  `${repeated('a@')}`,
  `+${repeated('1')}`,
  `${repeated('1 ')}x`,
  `http://${repeated('a.')}`,
  `http://a/${repeated('/..')}`,
  repeated('{{'),
  `{{${repeated(' ')}`,
  `{{#if ${repeated('a.')}`,
  repeated('('),
  `${repeated('((a+)')}`,
  repeated(' \t'),
  `${repeated('\n')}x`,
  `<${repeated('a ')}`,
  `<!--${repeated('-')}`,
  repeated('<b>'),
  repeated('<![CDATA['),
  `=${repeated('A1+')}`,
  repeated('0.'),
  `2026-01-01T${repeated('0')}`,
  repeated('eq(a,'),
  `"${repeated('\\"')}`,
];
/** Of the thread's own processor time: what a busy machine adds to a request does not count. */
const STANDSTILL_MS = 1_000;

/** A9: long texts in every text of every body and filter; the process must not stand still over one of them. */
export const longTexts: Trial = {
  id: 'A9',
  title: `texts of ${LENGTH} letters in every text that is read by a rule`,
  guarantee: 'No request takes the process for itself, and none is a 500.',
  async run(world, { n }) {
    const perField = Math.max(1, Math.min(LONG.length, Math.round(n / 500)));
    const app = openApp(world.database, { bodyLimitBytes: 1_048_576 });
    const plan = createPlan(ENDPOINTS);
    const session = await app.session();
    const times: number[] = [];
    let slowestAnswer = 0;
    const first: string[] = [];
    let [answers500, standstills, turn] = [0, 0, 0];
    for (const endpoint of ENDPOINTS) {
      const body = bodySchemaOf(endpoint);
      if (!body || endpoint.bodyKind === 'upload' || endpoint.method === 'get') continue;
      let prepared: Awaited<ReturnType<typeof session.prepare>>;
      try {
        prepared = await session.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
      } catch (error) {
        if (error instanceof PlanError) continue;
        throw error;
      }
      for (const { path, branches } of fieldsOf(body, prepared.body ?? {})) {
        if (path.length === 0 || !branches.some(({ type }: JsonSchema) => type === 'string')) continue;
        for (let index = 0; index < perField; index++) {
          const long = LONG[turn++ % LONG.length]!;
          const text = JSON.stringify(onWire(endpoint, replaced(prepared.body ?? {}, path, long)));
          const [begun, before] = [performance.now(), process.threadCpuUsage()];
          const { status } = await session.send(prepared, { text });
          const { user, system } = process.threadCpuUsage(before);
          const ms = (user + system) / 1_000;
          times.push(ms);
          slowestAnswer = Math.max(slowestAnswer, performance.now() - begun);
          if (status >= 500 && status !== 503) {
            answers500 += 1;
            first.push(`${endpoint.operationId} ${path.join('.')} = ${long.slice(0, 12)}…: ${status}`);
          }
          if (ms > STANDSTILL_MS) {
            standstills += 1;
            first.push(`${endpoint.operationId} ${path.join('.')} = ${long.slice(0, 12)}…: ${Math.round(ms)} ms`);
          }
        }
      }
    }
    times.sort((a, b) => a - b);
    return {
      trials: times.length,
      counts: { answers500, standstills },
      notes: {
        p99CpuMs: Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
        mostCpuMs: Math.round(times.at(-1) ?? 0),
        slowestAnswerMs: Math.round(slowestAnswer),
        ...(first.length > 0 ? { first: first.slice(0, 8).join(' | ') } : {}),
      },
    };
  },
};
