import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

export interface DocsAssets {
  /** One of the page's own files; undefined for any other name. */
  get(name: string): Promise<Asset | undefined>;
}

const CSS = 'text/css; charset=utf-8';
const JS = 'text/javascript; charset=utf-8';
const FILES: Readonly<Record<string, { from: string; type: string }>> = {
  'swagger-ui.css': { from: 'swagger-ui-dist/swagger-ui.css', type: CSS },
  'swagger-ui-bundle.js': { from: 'swagger-ui-dist/swagger-ui-bundle.js', type: JS },
  'favicon-32x32.png': { from: 'swagger-ui-dist/favicon-32x32.png', type: 'image/png' },
  'docs.css': { from: './docs.css', type: CSS },
  'docs.js': { from: './docs.client.js', type: JS },
};

/** Files are read when first asked for and kept; the list is closed, so no path of a request reaches the disk. */
export function createDocsAssets(): DocsAssets {
  const loaded = new Map<string, Promise<Asset>>();
  return {
    async get(name) {
      const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
      if (!file) return undefined;
      let asset = loaded.get(name);
      if (!asset) {
        asset = load(file);
        asset.catch(() => loaded.delete(name));
        loaded.set(name, asset);
      }
      return asset;
    },
  };
}

async function load({ from, type }: { from: string; type: string }): Promise<Asset> {
  const bytes = new Uint8Array(await readFile(new URL(import.meta.resolve(from))));
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` };
}
