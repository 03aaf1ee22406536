import { describe, expect, it } from 'vitest';
import { toMinorUnits } from '../domain/data/money.rules.ts';
import { agentsOf, scaled } from './definition.ts';
import { anchorOf, demoFacts } from './facts.ts';
import { NORTHWIND } from './northwind.ts';
import { SOUTHWIND } from './southwind.ts';

const ANCHOR = new Date('2026-05-04T00:00:00Z');
const DAY_MS = 86_400_000;
const SMALL = scaled(NORTHWIND, 0.05);
const full = demoFacts(NORTHWIND, ANCHOR);
const distinct = <T>(values: readonly T[]) => new Set(values);

describe('the facts of the demo', () => {
  it('are the same for the same seed and anchor', () => {
    expect(demoFacts(SMALL, ANCHOR)).toEqual(demoFacts(SMALL, new Date(ANCHOR)));
  });

  it('are others for another seed', () => {
    const others = demoFacts({ ...SMALL, seed: SMALL.seed + 1 }, ANCHOR);
    expect(others.interactions).not.toEqual(demoFacts(SMALL, ANCHOR).interactions);
    expect(others.conversions).not.toEqual(demoFacts(SMALL, ANCHOR).conversions);
  });

  it('lie in the 90 days before the day of the first start, whatever its hour', () => {
    expect(anchorOf(new Date('2026-05-04T23:59:59.9Z'))).toEqual(ANCHOR);
    const times = [
      ...full.interactions.map((input) => input.startedAt),
      ...full.conversions.map((input) => input.occurredAt),
    ].map((at) => at.getTime());
    expect(Math.max(...times)).toBeLessThan(ANCHOR.getTime());
    expect(Math.min(...times)).toBeGreaterThan(ANCHOR.getTime() - 90 * DAY_MS);
  });

  it('are those of a company with 24 agents, about 20,000 contacts over 7 channels and 1,500 orders', () => {
    expect(full.interactions.length).toBeGreaterThan(18_500);
    expect(full.interactions.length).toBeLessThan(21_500);
    expect(full.conversions.filter((input) => !input.refundOf)).toHaveLength(1_500);
    expect(distinct(full.interactions.map((input) => input.channel)).size).toBe(7);
    expect(distinct(full.conversions.map((input) => input.currency))).toEqual(new Set(['USD', 'EUR']));
    expect(agentsOf(NORTHWIND)).toHaveLength(24);
    expect(distinct(full.interactions.flatMap((input) => input.participants ?? []).map((p) => p.externalId))).toEqual(
      distinct(agentsOf(NORTHWIND).map((agent) => agent.externalId)),
    );
    expect(NORTHWIND.teams).toHaveLength(3);
    expect(NORTHWIND.vendors).toHaveLength(4);
    expect(distinct(full.interactions.flatMap((input) => input.vendorCode ?? [])).size).toBe(4);
    expect(full.spend.length).toBeGreaterThan(400);
    expect(full.pageViews.length).toBeGreaterThan(5_000);
    expect(full.events.length).toBeGreaterThan(1_000);
  });

  it('pay about four per cent of the orders back, never more than was paid and never before', () => {
    const orders = new Map(full.conversions.map((input) => [input.externalEventId, input]));
    const refunds = full.conversions.filter((input) => input.refundOf);
    expect(refunds.length).toBeGreaterThan(45);
    expect(refunds.length).toBeLessThan(75);
    for (const refund of refunds) {
      const order = orders.get(refund.refundOf!)!;
      expect(refund.occurredAt.getTime()).toBeGreaterThan(order.occurredAt.getTime());
      expect(refund.currency).toBe(order.currency);
      expect(Number(refund.amountDecimal)).toBeLessThan(0);
      expect(-Number(refund.amountDecimal)).toBeLessThanOrEqual(Number(order.amountDecimal));
    }
    expect(
      refunds.some((refund) => -Number(refund.amountDecimal) < Number(orders.get(refund.refundOf!)!.amountDecimal)),
    ).toBe(true);
  });

  it('have an external id each, exact amounts and ends after their starts', () => {
    for (const [name, ids] of Object.entries({
      interactions: full.interactions.map((input) => input.externalInteractionId),
      conversions: full.conversions.map((input) => input.externalEventId),
      pageViews: full.pageViews.map((input) => input.externalId),
      events: full.events.map((input) => input.externalId),
    })) {
      expect(distinct(ids).size, name).toBe(ids.length);
    }
    for (const { amountDecimal, currency } of [...full.conversions, ...full.spend]) {
      expect(toMinorUnits(amountDecimal, currency)).toMatchObject({ ok: true });
    }
    for (const { startedAt, endedAt } of full.interactions) {
      if (endedAt) expect(endedAt.getTime()).toBeGreaterThan(startedAt.getTime());
    }
  });

  it('leave the ids and numbers of the documents free, and share nothing between organizations', () => {
    const southwind = demoFacts(SOUTHWIND, ANCHOR);
    const named = JSON.stringify([full, southwind]);
    for (const printed of ['call-12345', 'order-789', '1234567890', '"mail-1"']) expect(named).not.toContain(printed);
    const ids = distinct(full.interactions.map((input) => input.externalInteractionId));
    expect(southwind.interactions.length).toBeGreaterThan(100);
    expect(southwind.interactions.filter((input) => ids.has(input.externalInteractionId))).toEqual([]);
  });
});
