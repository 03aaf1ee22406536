import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import {
  blockSeconds,
  matchesEvent,
  nextDelaySeconds,
  RETRY_DELAY_SECONDS,
  readRetryAfter,
} from '../../../domain/platform/webhook.rules.ts';
import { PUBLIC_EVENTS } from '../../outward/index.ts';
import { newWebhookSecret, signWebhook } from './signing.ts';

describe('a signature', () => {
  it('is the one of the published example', () => {
    const headers = signWebhook(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestampSeconds: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is accepted by the official library under either secret of a rotation, and not when a byte has changed', () => {
    const [old, current, stranger] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const body = JSON.stringify({ type: 'deal.won', data: { name: 'Grüße ✓' } });
    const timestampSeconds = Math.floor(Date.now() / 1_000);
    const headers = signWebhook([current, old], { id: 'msg_1', timestampSeconds, body });
    for (const secret of [old, current]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
      expect(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow();
    }
    expect(() => new Webhook(stranger).verify(body, headers)).toThrow();
    const late = signWebhook([current], { id: 'msg_1', timestampSeconds: timestampSeconds - 3_600, body });
    expect(() => new Webhook(current).verify(body, late)).toThrow();
  });
});

describe('the schedule', () => {
  it('has ten attempts within 76 hours, the last of which is the end', () => {
    const delays = Array.from({ length: 10 }, (_, index) => nextDelaySeconds(index + 1, null, 0));
    expect(delays).toEqual([...RETRY_DELAY_SECONDS.slice(1), null]);
    expect(RETRY_DELAY_SECONDS.reduce<number>((sum, delay) => sum + delay, 0) / 3_600).toBeLessThan(76);
  });

  it('is stretched by jitter of a tenth at most, and by Retry-After', () => {
    expect(nextDelaySeconds(2, null, 1)).toBe(330);
    expect(nextDelaySeconds(1, 60, 0)).toBe(60);
    expect(nextDelaySeconds(3, 60, 0)).toBe(1_800);
    expect(nextDelaySeconds(10, 60, 0)).toBeNull();
  });

  it('reads Retry-After as seconds or as a date, one day at most, and nothing else', () => {
    const now = new Date('2026-06-30T12:00:00Z');
    const read = (header?: string) => readRetryAfter(header, now);
    expect(read('120')).toBe(120);
    expect(read('Tue, 30 Jun 2026 12:01:30 GMT')).toBe(90);
    expect(read('999999999')).toBe(86_400);
    for (const none of [undefined, '', '0', '-5', 'soon', 'Tue, 30 Jun 2026 11:00:00 GMT'])
      expect(read(none)).toBeNull();
  });

  it('sends nothing for a while after ten failures in a row, five minutes at most', () => {
    expect([0, 9, 10, 11, 12, 100].map(blockSeconds)).toEqual([0, 0, 5, 10, 20, 300]);
  });
});

describe('the catalogue of events', () => {
  it('holds the eleven printed events and those that attribution adds', () => {
    const printed = [
      ['prospect.created', 'prospect.updated', 'deal.created', 'deal.stage_changed', 'deal.won', 'deal.lost'],
      ['email.opened', 'email.clicked', 'meeting.scheduled', 'ticket.created', 'ticket.resolved'],
    ].flat();
    const names = PUBLIC_EVENTS.events.map(({ definition }) => definition.type);
    expect(names).toEqual(expect.arrayContaining([...printed, 'attribution.completed', 'webhook.endpoint_disabled']));
  });

  it('shows an example that has exactly the fields of its schema', () => {
    for (const event of PUBLIC_EVENTS.events) {
      const { schema, example } = PUBLIC_EVENTS.dataFields(event);
      expect([event.definition.type, Object.keys(example)]).toEqual([event.definition.type, schema.required]);
      expect(Object.keys(schema.properties as object)).toEqual(schema.required);
    }
  });

  it('is subscribed to by name, by the beginning of a name, or whole', () => {
    expect(matchesEvent(['deal.won'], 'deal.won')).toBe(true);
    expect(matchesEvent(['deal.*'], 'deal.won')).toBe(true);
    expect(matchesEvent(['*'], 'deal.won')).toBe(true);
    expect(matchesEvent(['deal', 'dea.*', 'deal.w', 'prospect.*'], 'deal.won')).toBe(false);
  });
});
