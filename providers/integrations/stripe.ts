import {
  type ProviderAdapter,
  ProviderError,
  type ProviderSession,
  type RemotePage,
  type RemoteRecord,
  type StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';
import { stripeDecimal } from '../../domain/integrations/stripe.rules.ts';

/**
 * Stripe through its balance transactions: one is written when money has moved, and never changed. So a payment that
 * takes days to succeed is found when it does, and a refund that failed is found as its own reversal.
 */
const API_VERSION = '2026-10-28.endive';

interface Transaction {
  readonly id: string;
  readonly created: number;
  readonly source: Charge | Refund | null;
}
interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly customer: string | null;
  readonly description: string | null;
  readonly receipt_email: string | null;
  readonly billing_details: { readonly email: string | null; readonly phone: string | null } | null;
}
interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly charge: string | null;
  readonly reason: string | null;
  readonly status: string;
}

/** Lists begin with the newest, so a pass goes back from its start to what the pass before has seen. */
interface Place {
  /** Which type of transaction is being read. */
  readonly type: number;
  readonly after: string | null;
  /** Nothing older than this, in seconds. */
  readonly since: number;
  /** When this pass began: the next one goes back to it. */
  readonly begun: number;
}

/** Transactions of one second may become visible one after the other. */
const OVERLAP_SECONDS = 3_600;
const MOST_OF_A_PAGE = 100;

function stream(
  types: readonly string[],
  read: (source: Charge | Refund, type: string) => RemoteRecord,
): StreamAdapter {
  return {
    async pull(session, cursor, limit) {
      const kept: Place = cursor === null ? { type: 0, after: null, since: 0, begun: 0 } : JSON.parse(cursor);
      const place = kept.begun === 0 ? { ...kept, begun: Math.floor(session.now().getTime() / 1_000) } : kept;
      const type = types[place.type]!;
      const query = new URLSearchParams({
        type,
        limit: String(Math.min(limit, MOST_OF_A_PAGE)),
        'expand[]': 'data.source',
        'created[gte]': String(place.since),
        ...(place.after === null ? {} : { starting_after: place.after }),
      });
      const { transactions, hasMore } = await list(session, `/v1/balance_transactions?${query}`, place.after !== null);
      const isLastType = place.type === types.length - 1;
      const next: Place = hasMore
        ? { ...place, after: transactions.at(-1)!.id }
        : isLastType
          ? { type: 0, after: null, since: Math.max(place.begun - OVERLAP_SECONDS, 0), begun: 0 }
          : { ...place, type: place.type + 1, after: null };
      return pageOf(transactions, type, read, JSON.stringify(next), hasMore || !isLastType);
    },
    async fetch(session, ids) {
      const records: RemoteRecord[] = [];
      for (const id of ids) {
        const path = id.startsWith('re_') || id.startsWith('pyr_') ? 'refunds' : 'charges';
        const answer = await session.call({ method: 'GET', path: `/v1/${path}/${id}`, accept: [404] });
        if (answer.status !== 404) records.push(read(sourceOf(answer.body), types[0]!));
      }
      return records;
    },
  };
}

/** @param isPromised the page before has said that there is more */
async function list(session: ProviderSession, path: string, isPromised: boolean) {
  const { body } = await session.call({ method: 'GET', path });
  const answer = body as { data?: unknown; has_more?: unknown } | null;
  if (!Array.isArray(answer?.data) || typeof answer.has_more !== 'boolean') {
    throw new ProviderError('MALFORMED_ANSWER', 'The list has no data.');
  }
  const transactions = answer.data as Transaction[];
  // Transactions are never taken away: to go on behind an empty page would lose what it should have held.
  if (transactions.length === 0 && (isPromised || answer.has_more)) {
    throw new ProviderError('MALFORMED_ANSWER', 'A page that should hold something is empty.');
  }
  return { transactions, hasMore: answer.has_more };
}

function pageOf(
  transactions: readonly Transaction[],
  type: string,
  read: (source: Charge | Refund, type: string) => RemoteRecord,
  cursor: string,
  more: boolean,
): RemotePage {
  const sources = transactions.flatMap(({ source }) => (source === null ? [] : [sourceOf(source)]));
  return { records: sources.map((source) => read(source, type)), cursor, more };
}

function sourceOf(value: unknown): Charge | Refund {
  const source = value as Partial<Charge | Refund> | null;
  const isKnown = source?.object === 'charge' || source?.object === 'refund';
  if (!isKnown || typeof source.id !== 'string' || !Number.isInteger(source.amount) || !source.currency) {
    throw new ProviderError('MALFORMED_ANSWER', 'A transaction has no charge or refund behind it.');
  }
  return source as Charge | Refund;
}

const instant = (seconds: number): string => new Date(seconds * 1_000).toISOString();

function payment(source: Charge | Refund): RemoteRecord {
  const charge = source as Charge;
  return {
    externalId: charge.id,
    changedAt: instant(charge.created),
    deleted: false,
    fields: {
      amount: stripeDecimal(charge.amount, charge.currency),
      currency: charge.currency.toUpperCase(),
      occurredAt: instant(charge.created),
      email: charge.billing_details?.email ?? charge.receipt_email ?? null,
      phone: charge.billing_details?.phone ?? null,
      customer: charge.customer,
      refundOf: null,
      description: charge.description,
    },
  };
}

function refund(source: Charge | Refund, type: string): RemoteRecord {
  const given = source as Refund;
  const isUndone = type === 'refund_failure' || given.status === 'failed' || given.status === 'canceled';
  return {
    externalId: given.id,
    changedAt: instant(given.created),
    deleted: isUndone,
    fields: {
      amount: stripeDecimal(-given.amount, given.currency),
      currency: given.currency.toUpperCase(),
      occurredAt: instant(given.created),
      email: null,
      phone: null,
      customer: null,
      refundOf: given.charge,
      description: given.reason,
    },
  };
}

export const stripeAdapter: ProviderAdapter = {
  provider: 'stripe',
  authorize: ({ credentials }) => ({
    authorization: `Bearer ${credentials.apiKey ?? ''}`,
    'stripe-version': API_VERSION,
  }),
  streams: {
    payments: stream(['charge', 'payment'], payment),
    refunds: stream(['refund', 'payment_refund', 'refund_failure'], refund),
  },
};
