import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Secrets = { JWT_SECRET: string; ENCRYPTION_KEY: string };

/**
 * Secrets of this installation, made once and kept in its data folder: sessions and encrypted contents outlive a
 * restart, and no two developers share them.
 */
export function developmentSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const kept = read(file);
  const secrets = {
    JWT_SECRET: kept.JWT_SECRET ?? randomBytes(48).toString('base64'),
    ENCRYPTION_KEY: kept.ENCRYPTION_KEY ?? randomBytes(32).toString('base64'),
  };
  if (!kept.JWT_SECRET || !kept.ENCRYPTION_KEY) writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

function read(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch {
    return {};
  }
}
