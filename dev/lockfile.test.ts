import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './host.ts';

interface Entry {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> };
const paths = Object.keys(lock.packages);

describe('package-lock.json', () => {
  it('names no registry, so that any mirror can serve it', () => {
    expect(paths.filter((path) => lock.packages[path]?.resolved)).toEqual([]);
  });

  it('has an entry for the packages of every platform, or `npm ci` refuses it', () => {
    const wanted = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
  });

  it('gives every @temporalio package the same protobufjs', () => {
    const nested = paths.filter((path) => /@temporalio\/.*node_modules\/protobufjs$/.test(path));
    expect(nested).toEqual([]);
    expect(lock.packages['node_modules/protobufjs']?.version).toMatch(/^8\./);
  });
});
