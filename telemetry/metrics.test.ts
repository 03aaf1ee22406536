import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const waiting = { count: 2, oldestSeconds: 7 };
const BACKLOG = {
  events: waiting,
  reactions: { pending: 1, parked: 3, oldestSeconds: 0 },
  commands: { pending: 0, parked: 0, oldestSeconds: 0 },
  inboxes: { outreach: waiting },
  sends: { planned: 4 },
};

function arranged(readBacklog: () => Promise<typeof BACKLOG> = async () => BACKLOG) {
  const metrics = createMetrics('revloop-test');
  metrics.watchPools(() => ({ app: { held: 1, idle: 2, waiting: 3 } }));
  metrics.watchBacklog(readBacklog);
  metrics.request('listTickets')(200);
  metrics.group(5);
  return metrics;
}

describe('metrics', () => {
  it('tell what a process does and what waits', async () => {
    const text = await arranged().text();
    for (const line of [
      'revloop_http_requests_total{operation="listTickets",status="200",service="revloop-test"} 1',
      'revloop_http_requests_in_flight{service="revloop-test"} 0',
      'revloop_ingestion_group_requests_bucket{le="5",service="revloop-test"} 1',
      'revloop_db_connections{pool="app",state="waiting",service="revloop-test"} 3',
      'revloop_backlog{kind="reactions_parked",service="revloop-test"} 3',
      'revloop_backlog_oldest_seconds{kind="inbox_outreach",service="revloop-test"} 7',
      'revloop_sends{state="planned",service="revloop-test"} 4',
      'revloop_backlog_up{service="revloop-test"} 1',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('ask for the backlog at most every ten seconds, and are there without a database', async () => {
    let asked = 0;
    const metrics = arranged(async () => {
      asked += 1;
      throw new Error('away');
    });
    expect(await metrics.text()).toContain('revloop_backlog_up{service="revloop-test"} 0');
    await metrics.text();
    expect(asked).toBe(1);
  });

  it('are the ones that the dashboard and the alerts of deploy/ name', async () => {
    const known = new Set((await arranged().text()).match(/(?<=^# TYPE )\S+/gm));
    const read = (path: string) => readFileSync(new URL(`../deploy/${path}`, import.meta.url), 'utf8');
    const named = (read('grafana/revloop.json') + read('prometheus/alerts.yml')).match(
      /\b(revloop|nodejs|process)_\w+/g,
    )!;
    const unknown = named.filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')));
    expect([new Set(unknown), named.length > 20]).toEqual([new Set(), true]);
  });
});
