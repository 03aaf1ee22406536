import { flushCompileCache } from 'node:module';

// A process that is killed writes nothing of what it compiled: it is written once the process is up.
setTimeout(flushCompileCache, 4_000).unref();
