import type { Connection, ProviderAdapter, ProviderSession } from './adapter.port.ts';

/** What a session needs of the product: tokens, the shared budget, the count of calls. */
export interface SessionHost {
  /** Null where the provider knows no tokens. `refused`: the one that the provider has just not taken. */
  accessToken(refused?: string): Promise<string | null>;
  /** Takes one call out of the budget that all workers share. Answers how long to wait first. */
  takeBudget(): Promise<{ waitMs: number }>;
  /** The provider wants nobody to call before this many seconds are over. */
  block(seconds: number): Promise<void>;
  track(call: { success: boolean; latencyMs: number; errorCode: string | null }): Promise<void>;
}

export interface SessionOptions {
  readonly adapter: ProviderAdapter;
  readonly host: SessionHost;
  readonly connection: Connection;
  readonly baseUrl: string;
  readonly now: () => Date;
  /** Ends waits when the work is cancelled. */
  readonly signal?: AbortSignal;
}

/** Opens a connection to a provider for one slice of work. */
export type OpenSession = (options: SessionOptions) => ProviderSession;
