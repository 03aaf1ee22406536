import { describe, expect, it } from 'vitest';
import { createHealth, type HealthChecks } from '../../api/health/health.ts';
import type { Db } from '../../schema/db.ts';
import { call, createTestApp, type TestAppOptions } from './harness.ts';

// Nothing here reaches the database: probes and pages must answer without one.
const appWith = (options: Partial<TestAppOptions> = {}) =>
  createTestApp({ db: undefined as unknown as Db, ...options });
const fails = async () => {
  throw new Error('connect to db.internal failed');
};
const hangs = () => new Promise<never>(() => {});

describe('/health', () => {
  it('is bare JSON with version and every check', async () => {
    const answer = await call(
      appWith({ checks: { providers: async () => ({ sendgrid: 'configured' }) } }),
      null,
      'GET',
      '/health',
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      status: 'ok',
      api: { v1: '2.0.0', apiV1: '1.0.0' },
      checks: {
        database: { status: 'ok' },
        temporal: { status: 'ok' },
        workers: { status: 'ok' },
        providers: { details: { sendgrid: 'configured' } },
      },
    });
  });

  it('names what fails or hangs without saying why', async () => {
    const degraded = await call(appWith({ checks: { temporal: fails, workers: hangs } }), null, 'GET', '/health');
    expect(degraded.status).toBe(200);
    expect(degraded.json).toMatchObject({
      status: 'degraded',
      checks: { temporal: { status: 'failing' }, workers: { status: 'timeout' } },
    });
    expect(degraded.text).not.toContain('db.internal');
    const away = await call(appWith({ checks: { database: fails } }), null, 'GET', '/health');
    expect([away.status, away.json.status]).toEqual([503, 'unavailable']);
  });
});

describe('/ready', () => {
  it('says no only without Postgres or while draining', async () => {
    const withoutTemporal = await call(appWith({ checks: { temporal: fails } }), null, 'GET', '/ready');
    expect([withoutTemporal.status, withoutTemporal.json]).toEqual([200, { status: 'ready', degraded: ['temporal'] }]);
    const withoutPostgres = await call(appWith({ checks: { database: hangs } }), null, 'GET', '/ready');
    expect([withoutPostgres.status, withoutPostgres.headers.get('retry-after')]).toEqual([503, '2']);
    const ok = async () => {};
    const health = createHealth({ version: 'x', checks: { database: ok, temporal: ok, workers: ok, providers: ok } });
    expect((await health.readiness()).ready).toBe(true);
    health.drain();
    expect(await health.readiness()).toMatchObject({ ready: false, status: 'draining' });
  });

  it('asks a dependency once for many probes at the same time', async () => {
    let asked = 0;
    const checks: HealthChecks = {
      database: async () => void asked++,
      temporal: async () => {},
      workers: async () => {},
      providers: async () => {},
    };
    const health = createHealth({ version: 'x', checks });
    await Promise.all(Array.from({ length: 20 }, () => health.readiness()));
    expect(asked).toBe(1);
  });
});

describe('/docs', () => {
  it('is a page whose every asset comes from this server', async () => {
    const app = appWith();
    const page = await call(app, null, 'GET', '/docs');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const assets = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]!);
    expect(assets).toContain('/docs/swagger-ui-bundle.js');
    for (const path of assets) {
      const asset = await call(app, null, 'GET', path);
      expect(asset.status, path).toBe(200);
      expect(asset.text.length).toBeGreaterThan(50);
    }
    expect((await call(app, null, 'GET', '/docs/../package.json')).status).toBe(404);
    expect((await call(app, null, 'GET', '/docs/package.json')).status).toBe(404);
  });

  it('serves one document on both faces', async () => {
    const app = appWith();
    const [a, b] = await Promise.all(
      ['/v1/openapi.json', '/api/v1/openapi.json'].map((path) => call(app, null, 'GET', path)),
    );
    expect(a!.json.openapi).toBe('3.1.0');
    expect(b!.text).toBe(a!.text);
    expect(a!.headers.get('x-ratelimit-limit')).not.toBeNull();
  });
});

describe('/live', () => {
  it('answers while everything else is away', async () => {
    const app = appWith({ checks: { database: fails, temporal: fails, workers: fails } });
    expect((await call(app, null, 'GET', '/live')).json).toEqual({ status: 'live' });
  });
});
