import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { EventWebhook } from '@sendgrid/eventwebhook';
import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { requireSendGridSignature, requireTwilioSignature, type Source } from './receive.ts';

const now = new Date('2026-06-30T12:00:00Z');
const tools = { requireSignedEvents: false, twilioAuthToken: null };
const source: Source = { organizationId: 'o', senderId: 's', eventPublicKey: null };

describe('what a provider sends', () => {
  it('is taken only with the signature of the provider, as its own library makes and checks it', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const text = '[{"event":"delivered"}]\r\n';
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const signature = createSign('sha256')
      .update(timestamp + text)
      .sign(privateKey)
      .toString('base64');
    const library = new EventWebhook();
    expect(library.verifySignature(library.convertPublicKeyToECDSA(key), text, signature, timestamp)).toBe(true);
    const check = (change: object) =>
      requireSendGridSignature({ ...source, eventPublicKey: key }, tools, {
        text,
        signature,
        timestamp,
        now,
        ...change,
      });
    expect(() => check({})).not.toThrow();
    for (const change of [
      { text: `${text} ` },
      { signature: 'garbage' },
      { signature: undefined },
      { timestamp: '1' },
    ]) {
      expect(() => check(change)).toThrow(expect.objectContaining({ kind: 'unauthorized' }));
    }
    const old = new Date(now.getTime() + 601_000);
    expect(() => check({ now: old })).toThrow(expect.objectContaining({ code: 'STALE_SIGNATURE' }));
    const strict = { ...tools, requireSignedEvents: true };
    expect(() => requireSendGridSignature(source, strict, { text, signature, timestamp, now })).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_REQUIRED' }),
    );
  });

  it('is taken only with the signature of the account, as its own library makes it', () => {
    const url = 'http://127.0.0.1:8080/api/v1/sms/webhook/twilio?token=t';
    const fields = { Body: 'Grüße', From: '+1', MessageSid: 'S' };
    const account = { ...tools, twilioAuthToken: 'secret' };
    const signature = twilio.getExpectedTwilioSignature('secret', url, fields);
    expect(() => requireTwilioSignature(account, { url, fields, signature })).not.toThrow();
    const other = createHmac('sha1', 'other').update(url).digest('base64');
    for (const wrong of [undefined, '', other, `${signature}x`.slice(1)]) {
      expect(() => requireTwilioSignature(account, { url, fields, signature: wrong })).toThrow(
        expect.objectContaining({ code: 'INVALID_SIGNATURE' }),
      );
    }
  });
});
