import { describe, expect, it } from 'vitest';
import { classifyInbound, withoutQuote } from './inbound.rules.ts';
import { INBOUND_SAMPLES, SAMPLES_RECEIVED_AT } from './inbound.samples.ts';
import { INBOUND_KINDS } from './inbound-kind.rules.ts';
import { returnDay } from './return-day.rules.ts';

const receivedAt = new Date(SAMPLES_RECEIVED_AT);

describe('what comes in', () => {
  it.each(INBOUND_SAMPLES.map((sample) => [sample.id, sample] as const))('is told as labelled: %s', (_, sample) => {
    const found = classifyInbound(sample, receivedAt);
    expect(found).toMatchObject({
      kind: sample.kind,
      ...(sample.kind === 'out_of_office' ? { returnsOn: sample.returnsOn ?? null } : {}),
      ...(sample.bounce ? { bounce: sample.bounce } : {}),
      ...(sample.referredTo ? { referredTo: sample.referredTo } : {}),
    });
  });

  it('confuses nothing of the labelled set', () => {
    const table = Object.fromEntries(
      INBOUND_KINDS.map((kind) => [kind, Object.fromEntries(INBOUND_KINDS.map((k) => [k, 0]))]),
    );
    for (const sample of INBOUND_SAMPLES) table[sample.kind]![classifyInbound(sample, receivedAt).kind]!++;
    console.log(`Labelled (rows) and told (columns)\n${JSON.stringify(table, null, 1)}`);
    const wrong = INBOUND_KINDS.flatMap((kind) =>
      INBOUND_KINDS.filter((told) => told !== kind && table[kind]![told]! > 0),
    );
    expect(wrong).toEqual([]);
  });

  it('takes headers before words: what a machine sends is no wish of a person', () => {
    const message = { from: 'a@b.example', subject: 'Automatic reply', text: 'Unsubscribe. Remove me from your list.' };
    expect(classifyInbound({ ...message, headers: { 'auto-submitted': 'auto-replied' } }, receivedAt).kind).toBe(
      'auto_reply',
    );
    expect(classifyInbound({ ...message, subject: 'Re: x', headers: {} }, receivedAt).kind).toBe('unsubscribe');
  });

  it('never looks into what is quoted, and ends on long texts', () => {
    expect(withoutQuote('Yes\n\n> please unsubscribe me')).toBe('Yes');
    const started = performance.now();
    classifyInbound(
      { headers: {}, from: 'a@b.example', subject: 'x'.repeat(5_000), text: 'back on '.repeat(100_000) },
      receivedAt,
    );
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('the day of a return', () => {
  it.each([
    ['I am back on February 29.', null],
    ['until 31.06.2026', null],
    ['Back on 25/12/2026', '2026-12-25'],
    ['I was away until June 1.', '2027-06-01'],
    ['Back on Tuesday', '2026-07-07'],
    ['nothing of the kind on July 4', null],
  ])('of "%s" is %s', (text, day) => {
    expect(returnDay(text, receivedAt)).toBe(day);
  });
});
