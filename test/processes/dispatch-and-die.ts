import { createOutboxTransport, createSendDispatcher } from '../../services/platform/sends/index.ts';
import { testSecrets } from '../secrets.ts';
import { dieAt, ownDatabases } from './dying.ts';

/** `node dispatch-and-die.ts <database url> <fault point> <time>`: dispatches sends and is killed on the way. */
const [url, point, time] = process.argv.slice(2) as [string, string, string];
const databases = ownDatabases(url);
const secrets = testSecrets();
await createSendDispatcher({
  appDb: databases.app,
  platformDb: databases.platform,
  secrets,
  transport: createOutboxTransport({ db: databases.app, secrets }),
  guards: [],
  clock: { now: () => new Date(time) },
  faultPoint: dieAt(point),
  onError: (error) => console.error(error),
}).dispatch();
await databases.close();
