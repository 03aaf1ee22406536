import { type StandIn, startStandIn } from './stand-in.ts';

interface Made {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly source: Record<string, unknown>;
}

export interface StripeStandIn extends StandIn {
  charge(charge: {
    id: string;
    amount: number;
    created: number;
    email?: string;
    customer?: string;
    currency?: string;
  }): void;
  refund(refund: { id: string; charge: string; amount: number; created: number; currency?: string }): void;
  /** The money of a refund came back: the bank could not take it. */
  failRefund(id: string, created: number): void;
}

/** Balance transactions, charges and refunds in the shapes that Stripe documents, newest first, pages by `starting_after`. */
export async function startStripe(apiKey = 'sk_test_stand_in'): Promise<StripeStandIn> {
  const made: Made[] = [];
  const objects = new Map<string, Record<string, unknown>>();
  let number = 0;
  const add = (type: string, created: number, source: Record<string, unknown>) => {
    made.push({ id: `txn_${String(++number).padStart(8, '0')}`, type, created, source });
    objects.set(String(source.id), source);
  };
  const standIn = await startStandIn(({ path, query, headers }) => {
    if (headers.authorization !== `Bearer ${apiKey}`) {
      return { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } } };
    }
    const object = /^\/v1\/(?:charges|refunds)\/(\w+)$/.exec(path);
    if (object) {
      const found = objects.get(object[1]!);
      return found ? { body: found } : { status: 404, body: { error: { code: 'resource_missing' } } };
    }
    if (path !== '/v1/balance_transactions') return { status: 404, body: { error: { code: 'resource_missing' } } };
    const since = Number(query.get('created[gte]') ?? 0);
    const all = made
      .filter((one) => one.type === query.get('type') && one.created >= since)
      .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
    const after = query.get('starting_after');
    const rest = after === null ? all : all.slice(all.findIndex(({ id }) => id === after) + 1);
    const page = rest.slice(0, Number(query.get('limit') ?? 10));
    return {
      body: {
        object: 'list',
        url: path,
        has_more: rest.length > page.length,
        data: page.map(({ source, ...one }) => ({
          ...one,
          object: 'balance_transaction',
          status: 'available',
          source,
        })),
      },
    };
  });
  return {
    ...standIn,
    charge({ id, amount, created, email, customer = null as never, currency = 'usd' }) {
      add('charge', created, {
        id,
        object: 'charge',
        amount,
        currency,
        created,
        customer,
        description: null,
        receipt_email: null,
        billing_details: { email: email ?? null, phone: null, name: null },
        status: 'succeeded',
      });
    },
    refund({ id, charge, amount, created, currency = 'usd' }) {
      add('refund', created, {
        id,
        object: 'refund',
        amount,
        currency,
        created,
        charge,
        reason: 'requested_by_customer',
        status: 'succeeded',
      });
    },
    failRefund(id, created) {
      add('refund_failure', created, { ...objects.get(id)!, status: 'failed' });
    },
  };
}
