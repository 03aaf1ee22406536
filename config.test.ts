import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, DEVELOPMENT_ENCRYPTION_KEY, DEVELOPMENT_JWT_SECRET, loadConfig, VARIABLES } from './config.ts';

const DATABASE_URL = 'postgres://owner:pw@127.0.0.1:5432/revloop';
const production = {
  NODE_ENV: 'production',
  DATABASE_URL,
  DATABASE_APP_URL: 'postgres://app:pw@127.0.0.1:5432/revloop',
  DATABASE_PLATFORM_URL: 'postgres://platform:pw@127.0.0.1:5432/revloop',
  TEMPORAL_ADDRESS: 'temporal:7233',
  PUBLIC_URL: 'https://api.example.com',
  JWT_SECRET: 'k3J9vQ1xT7bN5mZ2pL8wR4yC6hF0sD3g',
  ENCRYPTION_KEY: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
};

function badKeys(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.bad.map((b) => b.key).sort();
  }
}

describe('the configuration', () => {
  it('needs nothing but a database in development', () => {
    const config = loadConfig({ DATABASE_URL });
    expect(config).toMatchObject({
      env: 'development',
      version: '2.0.0-production',
      http: { host: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080', bodyLimitBytes: 1_048_576 },
      database: { ownerUrl: DATABASE_URL, appUrl: DATABASE_URL, platformUrl: DATABASE_URL, assumeRole: true },
      temporal: { address: '127.0.0.1:7233', namespace: 'revloop' },
      auth: { jwtSecret: DEVELOPMENT_JWT_SECRET, jwtExpirationSeconds: 604_800, invitationExpirationHours: 72 },
      rateLimits: { generalPerHour: 1000, authPerMinute: 10, searchPerMinute: 100, ingestPerMinute: 60_000 },
    });
  });

  it('is frozen to the last leaf', () => {
    const config = loadConfig({ DATABASE_URL, REVLOOP_FAULTS: 'a.b=kill' });
    for (const part of [config, config.http, config.http.allowedOrigins, config.faults[0], config.providers.twilio])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('reports every bad key at once, with what is wrong and an example', () => {
    const env = {
      PORT: '99999',
      TEMPORAL_TLS: 'yes',
      JWT_EXPIRATION: 'a week',
      ALLOWED_ORIGINS: 'https://a.example/path',
      TEMPORAL_ADDRESS: 'http://x:7233',
      REVLOOP_FAULTS: 'a=explode',
      REVLOOP_FALTS: '1',
    };
    expect(badKeys(env)).toEqual([...Object.keys(env), 'DATABASE_URL'].sort());
    expect(() => loadConfig(env)).toThrow(/PORT: must be between 1 and 65535 \(for example PORT=8080\)/);
  });

  it('never repeats a value, because it may be a secret', () => {
    const env = { DATABASE_URL: 'mysql://u:hunter2@h/d', DATABASE_APP_URL: 'hunter2' };
    expect(() => loadConfig(env)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
  });

  it('takes an empty value for an absent one', () => {
    const empty = Object.fromEntries(Object.keys(VARIABLES).map((key) => [key, '']));
    expect(loadConfig({ ...empty, DATABASE_URL })).toEqual(loadConfig({ DATABASE_URL }));
  });

  it('accepts every variable with its example', () => {
    const examples = Object.fromEntries(Object.entries(VARIABLES).map(([key, { example }]) => [key, example]));
    expect(badKeys({ ...examples, NODE_ENV: 'development' })).toEqual([]);
  });

  it.each([
    ['60', 60],
    ['15m', 900],
    ['12h', 43_200],
    ['2w', 1_209_600],
  ])('reads the duration %s as %i seconds', (JWT_EXPIRATION, seconds) => {
    expect(loadConfig({ DATABASE_URL, JWT_EXPIRATION }).auth.jwtExpirationSeconds).toBe(seconds);
  });

  it('names faults by point and action', () => {
    const { faults } = loadConfig({
      DATABASE_URL,
      REVLOOP_FAULTS: 'attribution.before-publish=kill, relay.loop=pause, sends.dispatching=pause:250',
    });
    expect(faults).toEqual([
      { point: 'attribution.before-publish', action: 'kill' },
      { point: 'relay.loop', action: 'pause' },
      { point: 'sends.dispatching', action: 'pause', milliseconds: 250 },
    ]);
  });

  it.each([
    ['DATABASE_PLATFORM_URL', { DATABASE_APP_URL: DATABASE_URL }],
    ['TEMPORAL_BUILD_ID', { TEMPORAL_DEPLOYMENT_NAME: 'revloop' }],
    ['WORKER_HEALTH_PORT', { PORT: '9000', WORKER_HEALTH_PORT: '9000' }],
  ])('asks for %s when its partner says so', (key, env) => {
    expect(badKeys({ DATABASE_URL, ...env })).toEqual([key]);
  });
});

describe('production', () => {
  it('starts with secrets and addresses of its own', () => {
    expect(loadConfig(production)).toMatchObject({
      env: 'production',
      http: { host: '0.0.0.0', allowedOrigins: ['https://api.example.com'] },
      database: { assumeRole: false },
    });
  });

  it.each([
    ['no session secret', { JWT_SECRET: '' }, ['JWT_SECRET']],
    ['a short session secret', { JWT_SECRET: 'short' }, ['JWT_SECRET']],
    ['the development secret', { JWT_SECRET: DEVELOPMENT_JWT_SECRET }, ['JWT_SECRET']],
    ['no encryption key', { ENCRYPTION_KEY: '' }, ['ENCRYPTION_KEY']],
    ['the development encryption key', { ENCRYPTION_KEY: DEVELOPMENT_ENCRYPTION_KEY }, ['ENCRYPTION_KEY']],
    ['an encryption key that is too short', { ENCRYPTION_KEY: 'c2hvcnQ=' }, ['ENCRYPTION_KEY']],
    ['a placeholder', { JWT_SECRET: 'your-secret-that-is-min-32-chars-long' }, ['JWT_SECRET']],
    ['the owner as the serving login', { DATABASE_APP_URL: '', DATABASE_PLATFORM_URL: '' }, ['DATABASE_APP_URL']],
    [
      'the development database',
      { DATABASE_APP_URL: 'postgres://app:revloop-development@127.0.0.1/revloop' },
      ['DATABASE_APP_URL'],
    ],
    ['faults', { REVLOOP_FAULTS: 'a.b=kill' }, ['REVLOOP_FAULTS']],
    ['a guessed Temporal address', { TEMPORAL_ADDRESS: '' }, ['TEMPORAL_ADDRESS']],
    ['a guessed public address', { PUBLIC_URL: '' }, ['PUBLIC_URL']],
  ])('refuses %s', (_, change, keys) => {
    expect(badKeys({ ...production, ...change })).toEqual(keys);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(new URL('.env.example', import.meta.url), 'utf8').split('\n');
  const keyOf = (line: string) => /^([A-Z0-9_]+)=/.exec(line)?.[1];

  it('lists exactly the variables that the configuration reads', () => {
    expect(lines.flatMap((line) => keyOf(line) ?? []).sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it('explains each variable in the line above it', () => {
    const unexplained = lines.filter((line, i) => keyOf(line) && !/^# \S/.test(lines[i - 1] ?? ''));
    expect(unexplained).toEqual([]);
  });
});
