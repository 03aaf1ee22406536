import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

export interface Target {
  readonly url: string;
  readonly organizationId: string;
  readonly key: string;
}

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any;
  /** An earlier attempt of the same request got no answer; it may have been carried out. */
  retried: boolean;
}

type Row = Record<string, unknown>;

export interface Load {
  readonly callers: number;
  /** What each caller waits after an answer; default none. */
  readonly pauseMs?: number;
}

const BULK_ROWS = 20;
const UPLOAD_ROWS = 2_000;

/** A caller as it should be: repeats what got no answer, with the same key and body, until there is one. */
export class Driver {
  readonly #target: Target;
  readonly #ledger: Ledger;
  #stopped = false;
  #next = 0;

  constructor(target: Target, ledger: Ledger) {
    this.#target = target;
    this.#ledger = ledger;
  }

  /** Resolves once `stop` was called and every request has had its answer. */
  async run({ callers, pauseMs }: Load): Promise<void> {
    const kinds = [this.#single, this.#bulk, this.#refunded, this.#event, this.#single, this.#events];
    const loops = Array.from({ length: callers }, async (_, caller) => {
      for (let turn = caller; !this.#stopped; turn++) {
        await kinds[turn % kinds.length]!.call(this, this.#next++);
        if (pauseMs) await sleep(pauseMs);
      }
    });
    await Promise.all([...loops, this.#uploads(), this.#attribution()]);
  }

  stop(): void {
    this.#stopped = true;
  }

  async send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { url, organizationId, key } = this.#target;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: { 'content-type': 'application/json', 'x-api-key': key, 'x-tenant-id': organizationId, ...headers },
          ...(body === undefined ? {} : { body }),
          signal: AbortSignal.timeout(20_000),
        });
        const json = JSON.parse(await response.text());
        const isBusy = response.status === 503 || json.code === 'IDEMPOTENCY_IN_PROGRESS';
        if (!isBusy) {
          this.#ledger.answers += 1;
          return { status: response.status, json, retried: attempt > 1 };
        }
      } catch {
        this.#ledger.broken += 1;
      }
      if (attempt > 2_000) throw new Error(`${method} ${path} is never answered`);
      // Nobody listens while a killed process starts again.
      await sleep(Math.min(25 * attempt, 200));
    }
  }

  #post(path: string, body: unknown, key?: string): Promise<Answer> {
    return this.send('POST', path, JSON.stringify(body), key ? { 'idempotency-key': key } : {});
  }

  /** The id of a new row; without a key, a repetition finds what its first attempt stored. */
  #stored(name: string, answer: Answer, keyed: boolean): void {
    const { status, json, retried } = answer;
    if (status === 201) this.#acknowledge(name, json.data.id);
    else if (status === 409 && retried && !keyed) this.#acknowledge(name, json.details.existing_id);
    else this.#ledger.wrong.push(`${name}: ${status} ${JSON.stringify(json)}`);
  }

  #acknowledge(name: string, id: string): void {
    const before = this.#ledger.acknowledged.get(name);
    if (before !== undefined && before !== id) this.#ledger.wrong.push(`${name} was told to be ${before} and ${id}`);
    this.#ledger.acknowledged.set(name, id);
  }

  async #single(n: number): Promise<void> {
    const keyed = n % 2 === 0;
    const [path, name, row] = n % 3 === 0 ? conversion(n) : interaction(`i-${n}`, n);
    this.#ledger.sent.add(name);
    this.#stored(name, await this.#post(path, row, keyed ? `single-${n}` : undefined), keyed);
  }

  /** One row in each array is refused: nothing of it may be found afterwards. */
  async #bulk(n: number): Promise<void> {
    const keyed = n % 2 === 0;
    const names = Array.from({ length: BULK_ROWS }, (_, index) => `b-${n}-${index}`);
    const rows = names.map((name, index) => interaction(name, n + index)[2]);
    rows[n % BULK_ROWS] = { ...rows[n % BULK_ROWS], external_interaction_id: `refused-${n}`, channel: '' };
    for (const [index, name] of names.entries()) if (index !== n % BULK_ROWS) this.#ledger.sent.add(name);
    const { status, json, retried } = await this.#post('/v1/interactions', rows, keyed ? `bulk-${n}` : undefined);
    if (status !== 200) return void this.#ledger.wrong.push(`bulk ${n}: ${status} ${JSON.stringify(json)}`);
    for (const [index, row] of (json.data as { status: string; id: string }[]).entries()) {
      const isRefused = index === n % BULK_ROWS;
      const isFine = isRefused
        ? row.status === 'invalid'
        : row.status === 'created' || (row.status === 'duplicate' && retried && !keyed);
      if (!isFine) this.#ledger.wrong.push(`${names[index]}: ${JSON.stringify(row)}`);
      else if (!isRefused) this.#acknowledge(names[index]!, row.id);
    }
  }

  /** Two refunds of one order, which together are as large as it is: neither is lost, neither counts twice. */
  async #refunded(n: number): Promise<void> {
    const [path, name, row] = conversion(n);
    const refunds = [1, 2].map((part) => `${name}-refund-${part}`);
    for (const one of [name, ...refunds]) this.#ledger.sent.add(one);
    this.#stored(name, await this.#post(path, row, `order-${n}`), true);
    const answers = await Promise.all(
      refunds.map((one) => {
        const refund = {
          ...row,
          external_event_id: one,
          refund_of: name,
          amount_decimal: '-5.00',
          event_type: 'refund',
        };
        return this.#post(path, refund, `refund-${one}`);
      }),
    );
    for (const [index, answer] of answers.entries()) this.#stored(refunds[index]!, answer, true);
  }

  async #event(n: number): Promise<void> {
    const session = `session-${n}`;
    const { status, json } = await this.#post('/v1/events', event(session, n), `event-${n}`);
    if (status === 201) this.#ledger.sessions.set(session, json.data.id);
    else this.#ledger.wrong.push(`${session}: ${status} ${JSON.stringify(json)}`);
  }

  async #events(n: number): Promise<void> {
    const sessions = Array.from({ length: 5 }, (_, index) => `session-${n}-${index}`);
    const rows = sessions.map((session) => event(session, n));
    const { status, json } = await this.#post('/v1/events', rows, `events-${n}`);
    for (const [index, session] of sessions.entries()) {
      const row = status === 200 ? json.data[index] : undefined;
      if (row?.status === 'created') this.#ledger.sessions.set(session, row.id);
      else this.#ledger.wrong.push(`${session}: ${status} ${JSON.stringify(row ?? json)}`);
    }
  }

  /** One file after the other, each followed to its end. */
  async #uploads(): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const names = Array.from({ length: UPLOAD_ROWS }, (_, index) => `u-${n}-${index}`);
      for (const name of names) this.#ledger.sent.add(name);
      const lines = names.map((name, index) => `${name},call,2026-06-01T10:00:00Z,person${index % 300}@example.com`);
      const file = ['external_interaction_id,channel,started_at,email', ...lines, ''].join('\n');
      const headers = { 'content-type': 'text/csv', 'idempotency-key': `upload-${n}` };
      const { status, json } = await this.send(
        'POST',
        '/v1/uploads?kind=interactions&file_name=calls.csv',
        file,
        headers,
      );
      if (status !== 201) return void this.#ledger.wrong.push(`upload ${n}: ${status} ${JSON.stringify(json)}`);
      this.#ledger.uploads.push({ id: json.data.id, rows: UPLOAD_ROWS });
      while (!this.#stopped && !(await this.#ended(`/v1/uploads/${json.data.id}`))) await sleep(200);
    }
  }

  async #attribution(): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const run = { model_code: 'LINEAR', name: `run ${n}`, config: { time_window_hours: 720 } };
      const created = await this.#post('/v1/attribution/runs', run, `run-${n}`);
      const path = `/v1/attribution/runs/${created.json.data?.id}`;
      const executed = await this.#post(`${path}/execute`, {}, `execute-${n}`);
      if (created.status !== 201 || executed.status !== 200) {
        return void this.#ledger.wrong.push(
          `run ${n}: ${created.status} ${executed.status} ${JSON.stringify(executed.json)}`,
        );
      }
      this.#ledger.runs.push(created.json.data.id);
      while (!this.#stopped && !(await this.#ended(path))) await sleep(200);
    }
  }

  async #ended(path: string): Promise<boolean> {
    const hasEnded = !['pending', 'running'].includes((await this.send('GET', path, undefined)).json.data?.status);
    if (hasEnded) this.#ledger.ended += 1;
    return hasEnded;
  }
}

const somebody = (n: number) => [{ type: 'email', value: `person${n % 300}@example.com` }];

const interaction = (name: string, n: number): [string, string, Row] => [
  '/v1/interactions',
  name,
  {
    external_interaction_id: name,
    channel: 'chat',
    started_at: '2026-06-01T10:00:00Z',
    customer_identifiers: somebody(n),
    vendor_code: `vendor-${n % 5}`,
    participants: [{ agent_id: `agent-${n % 20}` }],
  },
];

const conversion = (n: number): [string, string, Row] => [
  '/v1/conversions',
  `c-${n}`,
  {
    external_event_id: `c-${n}`,
    event_type: 'purchase',
    customer_identifiers: somebody(n),
    amount_decimal: '10.00',
    currency: 'USD',
    occurred_at: '2026-06-03T10:00:00Z',
    event_source: 'billing',
  },
];

const event = (sessionId: string, n: number): Row => ({
  type: 'button_click',
  session_id: sessionId,
  occurred_at: '2026-06-02T10:00:00Z',
  properties: { n },
});
