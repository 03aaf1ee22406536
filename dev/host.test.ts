import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, holdLock, portIsFree, requireSpace, StartError, traversableBy } from './host.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'revloop-host-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a lock', () => {
  const taken = (pid: number) => `held by ${pid}`;

  it('is refused while its holder runs, and says who that is', () => {
    const file = join(folder, 'lock');
    writeFileSync(file, String(process.ppid));
    expect(() => holdLock(file, '', taken)).toThrow(new StartError(`held by ${process.ppid}`));
  });

  it('is taken over from a process that is gone or became another program', () => {
    const file = join(folder, 'lock');
    for (const [pid, marker] of [
      ['999999999', ''],
      [String(process.ppid), 'a program of another name'],
      ['garbage', ''],
    ] as const) {
      writeFileSync(file, pid);
      const release = holdLock(file, marker, taken);
      expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
      release();
      expect(existsSync(file)).toBe(false);
    }
  });
});

describe('ports', () => {
  it('are found when the preferred one is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((done) =>
      server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)),
    );
    try {
      expect(await portIsFree(port)).toBe(false);
      const other = await freePort(port);
      expect(other).not.toBe(port);
      expect(await portIsFree(other)).toBe(true);
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  it('are given to one of two that ask for the same before either listens', async () => {
    const port = await freePort();
    expect(await freePort(port)).toBe(port);
    const ask = `console.log(await (await import(${JSON.stringify(new URL('host.ts', import.meta.url).href)})).freePort(${port}))`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', ask], { encoding: 'utf8' });
    expect(Number(stdout)).toBeGreaterThan(0);
    expect(Number(stdout)).not.toBe(port);
  });
});

describe('a place for data', () => {
  const stranger = { uid: 64_000, gid: 64_000 };

  it('is out of reach for another login when one parent is closed', () => {
    const inside = join(folder, 'closed', 'data');
    mkdirSync(inside, { recursive: true });
    chmodSync(join(folder, 'closed'), 0o755);
    expect(traversableBy(inside, stranger)).toBe(true);
    chmodSync(join(folder, 'closed'), 0o700);
    expect(traversableBy(inside, stranger)).toBe(false);
  });

  it('is judged by its nearest existing parent', () => {
    expect(traversableBy(join(folder, 'not', 'yet', 'there'), stranger)).toBe(true);
  });

  it('is refused when the disk has too little room', () => {
    expect(() => requireSpace(join(folder, 'new'), 1)).not.toThrow();
    expect(() => requireSpace(join(folder, 'new'), 1e12)).toThrow(/is full: \d+ MB free, 1000000000000 MB needed/);
  });
});
