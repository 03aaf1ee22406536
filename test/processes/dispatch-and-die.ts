import { openDatabases } from '../../schema/db.ts';
import { createFaultPoint } from '../../services/core/fault-points.ts';
import { createOutboxTransport, createSendDispatcher } from '../../services/platform/sends/index.ts';
import { testSecrets } from '../secrets.ts';

/** `node dispatch-and-die.ts <database url> <fault point> <time>`: dispatches sends and is killed on the way. */
const [url, point, time] = process.argv.slice(2) as [string, string, string];
const databases = openDatabases(
  { ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 4 },
  'revloop-test-child',
);
const secrets = testSecrets();
await createSendDispatcher({
  appDb: databases.app,
  platformDb: databases.platform,
  secrets,
  transport: createOutboxTransport({ db: databases.app, secrets }),
  guards: [],
  clock: { now: () => new Date(time) },
  faultPoint: createFaultPoint([{ point, action: 'kill' }], () => process.kill(process.pid, 'SIGKILL')),
  onError: (error) => console.error(error),
}).dispatch();
await databases.close();
