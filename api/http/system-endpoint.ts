import type { Context } from 'hono';
import type { DocsAssets } from '../docs/assets.ts';
import type { Health } from '../health/health.ts';

/** What endpoints about the process itself are made of: no organization, no database transaction, no envelope. */
export interface SystemDeps {
  readonly health: Health;
  readonly openApi: string;
  readonly docs: DocsAssets;
}

export interface SystemEndpoint {
  readonly operationId: string;
  /** Absolute; Hono spelling for parameters. */
  readonly path: string;
  readonly tag: 'health' | 'docs' | 'ingestion';
  readonly summary: string;
  /** Status → what it means; empty for pages and assets, which the documentation leaves out. */
  readonly responses: Readonly<Record<number, string>>;
  readonly handle: (deps: SystemDeps, context: Context) => Response | Promise<Response>;
}
