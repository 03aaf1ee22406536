import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir } from './host.ts';

const VERSION = '1.38.0';
const run = promisify(execFile);

const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>revloop</groupId>
  <artifactId>time-skipping-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

// exec, because the SDK ends the server by killing this very process. The flags keep the start well below its 5 s limit.
const WRAPPER = `#!/bin/sh
DIR=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx256m \\
  -cp "$DIR/lib/*" io.temporal.testserver.TestServer "$@"
`;

/**
 * The time-skipping Temporal server as one file that the SDK can start (`existing-path`), fetched once per user by
 * Maven. `skipped` says why there is none; tests that need it are then skipped with that reason.
 */
export async function prepareTimeSkippingServer(): Promise<{ path: string } | { skipped: string }> {
  if (process.platform === 'win32') return { skipped: 'the time-skipping server is started by a shell script' };
  try {
    await run('java', ['-version']);
  } catch {
    return { skipped: 'Java is not installed' };
  }
  const home = join(cacheDir(), `time-skipping-${VERSION}`);
  const path = join(home, 'server');
  if (existsSync(path)) return { path };
  const scratch = mkdtempSync(join(cacheDir(), 'maven-'));
  try {
    writeFileSync(join(scratch, 'pom.xml'), POM);
    mkdirSync(join(scratch, 'lib'));
    const goals = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'];
    await run('mvn', goals, { cwd: scratch, timeout: 180_000 });
    writeFileSync(join(scratch, 'server'), WRAPPER);
    chmodSync(join(scratch, 'server'), 0o755);
    // Another run may have been quicker; its copy is as good.
    if (!existsSync(path)) {
      rmSync(home, { recursive: true, force: true });
      renameSync(scratch, home);
    }
    return { path };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { skipped: missing ? 'Maven is not installed' : `Maven could not fetch it: ${(error as Error).message}` };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
