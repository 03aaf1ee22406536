import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { AGENT_REACTIONS } from '../../services/agent/reactions.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { CRM_REACTIONS } from '../../services/crm/reactions.ts';
import { INTEGRATIONS_REACTIONS } from '../../services/integrations/reactions.ts';
import { executeToEnd } from '../attribution/execute.ts';
import type { TestTenant } from '../database.ts';
import { ROOT } from '../house/sources.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../http/harness.ts';
import { runAllReactions } from '../reactions.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const GUIDE = readFileSync(join(ROOT, 'TELEPHONY_INTEGRATION_GUIDE.md'), 'utf8');
const blocks = (kind: string): string[] =>
  [...GUIDE.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text!.trim());

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
let secret: string;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
  organization = await createOrganization(database);
  secret = (await post('/v1/integrations', { platform: 'convin' })).webhook_secret;
});
afterAll(() => database?.drop());

const react = () => runAllReactions(database, [...CRM_REACTIONS, ...INTEGRATIONS_REACTIONS, ...AGENT_REACTIONS]);
async function post(path: string, body: object) {
  const { status, json } = await call(app, organization, 'POST', path, { body });
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
}
const get = async (path: string) => (await call(app, organization, 'GET', path)).json.data;
async function sendSigned(text: string) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const v1 = createHmac('sha256', key).update(`${SECONDS}.${text}`).digest('hex');
  const headers = { 'x-tenant-id': organization.organizationId, 'x-convin-signature': `t=${SECONDS},v1=${v1}` };
  const { status, json } = await call(app, null, 'POST', '/v1/webhooks/convin', { text, headers });
  expect([status, json.data?.received]).toEqual([200, true]);
}

describe('the telephony guide', () => {
  it('shows the signature that its secret, timestamp and body have', () => {
    const hash = createHmac('sha256', 'guide-secret-0123456789').update('1782820800.{"event":"call.started"}');
    expect(blocks('text')).toEqual([hash.digest('hex')]);
  });

  it('has examples that work, in whatever order they are sent', async () => {
    const events = blocks('json');
    expect(events.map((text) => JSON.parse(text).event)).toEqual([
      'call.started',
      'call.intent.detected',
      'call.transcript.updated',
      'call.ended',
    ]);
    for (const text of [...events.toReversed(), ...events]) await sendSigned(text);
    await react();
    const [live] = await get('/v1/realtime/calls?call_id=guide-1');
    expect(live).toMatchObject({ status: 'ended', duration_seconds: 600, agent: { name: 'Asha' }, problem: null });
    expect(await get(`/v1/interactions/${live.interaction_id}`)).toMatchObject({
      external_interaction_id: 'convin:guide-1',
      started_at: '2026-06-30T11:30:00.000Z',
      ended_at: '2026-06-30T11:40:00.000Z',
      primary_intent: 'purchase_inquiry',
      metadata: { queue: 'sales', outcome: 'callback agreed', call_id: 'guide-1' },
    });
    const [conversation] = await get(`/api/v1/conversations?interactionId=${live.interaction_id}`);
    expect(conversation).toMatchObject({ status: 'analyzing', transcriptFormat: 'turns' });
    expect(await get('/v1/webhooks/received')).toHaveLength(4);
  });
});

describe('the attribution of a call centre', () => {
  it('leads from the calls of two agents and an order to what each agent and team has earned', async () => {
    const team = await post('/v1/teams', { name: 'Sales desk' });
    const phone = '+14155550188';
    const calls = [
      { id: 'first', agent: 'asha', at: '2026-06-20T10:00:00Z', end: '2026-06-20T10:05:00Z' },
      { id: 'last', agent: 'bela', at: '2026-06-22T10:00:00Z', end: '2026-06-22T10:10:00Z' },
    ];
    for (const { id, agent, at, end } of calls) {
      const about = { call_id: id, agent: { external_id: agent, name: agent }, team: 'sales desk', from: phone };
      await sendSigned(JSON.stringify({ event: 'call.ended', occurred_at: end, ...about }));
      await sendSigned(JSON.stringify({ event: 'call.started', occurred_at: at, direction: 'inbound', ...about }));
    }
    await react();
    await post('/v1/conversions', {
      external_event_id: 'order-1',
      event_type: 'purchase',
      customer_identifiers: [{ type: 'phone', value: phone }],
      amount_decimal: '900.00',
      currency: 'USD',
      occurred_at: '2026-06-23T10:00:00Z',
      event_source: 'billing',
    });
    const run = await post('/v1/attribution/runs', {
      model_code: 'TIME_DECAY',
      name: 'June',
      config: { time_window_hours: 168, include_channels: ['call'], half_life_hours: 48 },
    });
    await executeToEnd(tenantOf(organization), run.id);
    const range = `start_date=2026-06-01&end_date=2026-06-29&run_id=${run.id}`;
    const agents = await get(`/v1/analytics/agents/revenue?${range}`);
    // Two days apart at a half-life of two days: the later call earns twice as much.
    expect(agents.rows).toMatchObject([
      { agent_name: 'bela', attributed_revenue: 600, call_volume: 1, avg_call_duration: 600 },
      { agent_name: 'asha', attributed_revenue: 300, call_volume: 1, avg_call_duration: 300 },
    ]);
    const teams = await get(`/v1/analytics/agents/revenue?${range}&group_by=team`);
    expect(teams.rows).toMatchObject([{ team_name: team.name, attributed_revenue: 900 }]);
  });
});

const tenantOf = ({ organizationId }: TestOrganization): TestTenant => {
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: NOW };
  return {
    organizationId,
    scope,
    run: (work, now) => inTransaction(database.app, now ? { ...scope, now } : scope, work),
  };
};
