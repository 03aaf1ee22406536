import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SystemEndpoint } from '../http/system-endpoint.ts';

interface Script {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

let script: Promise<Script> | undefined;

async function load(): Promise<Script> {
  const text = await readFile(new URL('./beacon.client.js', import.meta.url), 'utf8');
  // Every page of every site loads it: indentation and comments stay here.
  const lines = text.split('\n').map((line) => line.trim());
  const bytes = new TextEncoder().encode(lines.filter((line) => line !== '' && !line.startsWith('//')).join('\n'));
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}

const getBeaconScript: SystemEndpoint = {
  operationId: 'getBeaconScript',
  path: '/beacon.js',
  tag: 'ingestion',
  summary: 'Script of the web beacon',
  responses: {},
  async handle(_, context) {
    script ??= load().catch((error) => {
      script = undefined;
      throw error;
    });
    const { bytes, etag } = await script;
    const headers = {
      etag,
      'cache-control': 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
      // Pages of other origins load it, those that isolate themselves included.
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    };
    if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
    return new Response(bytes, {
      status: 200,
      headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
    });
  },
};

export const BEACON_ENDPOINTS: readonly SystemEndpoint[] = [getBeaconScript];
