import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config.ts';
import { developmentSecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'revloop-secrets-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the secrets of a development installation', () => {
  it('are made once, kept for their owner alone, and taken by the configuration', () => {
    const secrets = developmentSecrets(folder);
    expect(developmentSecrets(folder)).toEqual(secrets);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
    const config = loadConfig({ ...secrets, DATABASE_URL: 'postgres://127.0.0.1/x' });
    expect([config.auth.jwtSecret, config.encryption.key]).toEqual([secrets.JWT_SECRET, secrets.ENCRYPTION_KEY]);
  });
});
