import { type AppError, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { type Identifier, normalizeIdentifier } from '../../../domain/data/identifier.rules.ts';
import { isCurrency, toMinorUnits } from '../../../domain/data/money.rules.ts';
import type { WorkSource } from '../../../domain/data/touch-source.rules.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';

export interface RawIdentifier {
  type: string;
  value: string;
}

export interface ParticipantInput {
  role: 'agent' | 'team' | 'supervisor';
  /** How the source system names an agent; an unknown one is created. */
  externalId?: string | undefined;
  /** The record's own id. */
  id?: string | undefined;
  /** Of a team. */
  number?: number | undefined;
  name?: string | undefined;
  teamId?: Reference | undefined;
  share?: number | undefined;
}

export interface InteractionInput {
  externalInteractionId: string;
  channel: string;
  startedAt: Date;
  customerIdentifiers: RawIdentifier[];
  vendorCode?: string | undefined;
  endedAt?: Date | undefined;
  direction?: 'inbound' | 'outbound' | undefined;
  language?: string | undefined;
  primaryIntent?: string | undefined;
  purchaseProbability?: number | undefined;
  transcriptUrl?: string | undefined;
  participants?: ParticipantInput[] | undefined;
  campaign?: string | undefined;
  utm?: Record<string, string> | undefined;
  clickId?: string | undefined;
  contentId?: string | undefined;
  /** Of the product's own messages, never from a request: cadence, step, template, variant, sender. */
  outreach?: WorkSource | undefined;
  /** Decimal text in the currency's own scale. */
  cost?: string | undefined;
  costCurrency?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
}

export interface ConversionInput {
  externalEventId: string;
  eventType: string;
  /** Empty for a refund that names nobody; it belongs to the customer of its original in any case. */
  customerIdentifiers: RawIdentifier[];
  amountDecimal: string;
  currency: string;
  occurredAt: Date;
  eventSource: string;
  /** The refunded conversion, by external id or id. */
  refundOf?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
}

/** How far a source system's clock may run ahead. */
const MAX_AHEAD_MS = 24 * 60 * 60 * 1000;

/** What a fact says, checked: problems are collected by field and thrown together. */
export class FactCheck {
  readonly #issues: FieldIssue[] = [];

  add(field: string, message: string, value?: unknown): void {
    this.#issues.push({ field, message, ...(value === undefined ? {} : { value }) });
  }

  notAhead(field: string, at: Date | undefined, now: Date): void {
    if (at && at.getTime() > now.getTime() + MAX_AHEAD_MS) {
      this.add(field, 'lies more than a day ahead', at.toISOString());
    }
  }

  identifiers(raw: readonly RawIdentifier[], defaultRegion: string): Identifier[] {
    const found = new Map<string, Identifier>();
    for (const [index, { type, value }] of raw.entries()) {
      const result = normalizeIdentifier(type, value, defaultRegion);
      if (result.ok) found.set(`${result.identifier.type}\0${result.identifier.value}`, result.identifier);
      else this.add(`customerIdentifiers.${index}.value`, result.reason, value);
    }
    return [...found.values()];
  }

  /** Minor units, or 0 when the amount was refused (the fact is then refused as a whole). */
  money(field: string, decimal: string, currencyField: string, currency: string): number {
    if (!isCurrency(currency)) {
      this.add(currencyField, 'is not an ISO 4217 currency', currency);
      return 0;
    }
    const result = toMinorUnits(decimal, currency);
    if (result.ok) return result.minor;
    this.add(field, result.reason, decimal);
    return 0;
  }

  /** The refusal that says all of it, or null when nothing was added. */
  refusal(): AppError | null {
    return this.#issues.length > 0 ? invalidAll(this.#issues) : null;
  }
}
