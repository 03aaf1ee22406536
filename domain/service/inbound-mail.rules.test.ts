import { describe, expect, it } from 'vitest';
import {
  addressesOf,
  messageIds,
  plainSubject,
  readHeaders,
  readPerson,
  refusalOf,
  replyAddress,
  replyTokenOf,
  ticketNumberOf,
  withoutQuote,
} from './inbound-mail.rules.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';
const mail = (head: string, subject = 'It stops', from = 'Ada <ada@example.com>') => ({
  from: readPerson(from),
  to: ['support@acme.example'],
  subject,
  text: 'Words',
  headers: readHeaders(head),
});
const OWN = new Set(['support@acme.example']);

describe('a mail', () => {
  it.each([
    ['Auto-Submitted: auto-replied', 'It stops', 'ada@example.com', 'auto_reply'],
    ['Auto-Submitted: no', 'It stops', 'ada@example.com', null],
    ['X-Auto-Response-Suppress: All', 'It stops', 'ada@example.com', 'auto_reply'],
    ['X-Auto-Response-Suppress: None', 'It stops', 'ada@example.com', null],
    ['', 'Automatic reply: It stops', 'ada@example.com', 'auto_reply'],
    ['', 'Out of office', 'ada@example.com', 'auto_reply'],
    ['', 'Abwesenheitsnotiz', 'ada@example.com', 'auto_reply'],
    ['Return-Path: <>', 'It stops', 'ada@example.com', 'bounce'],
    ['', 'Undeliverable: It stops', 'ada@example.com', 'bounce'],
    ['Content-Type: multipart/report; boundary=x', 'x', 'ada@example.com', 'bounce'],
    ['List-Id: <news.example.com>', 'News', 'ada@example.com', 'mailing_list'],
    ['Precedence: bulk', 'News', 'ada@example.com', 'mailing_list'],
    ['X-Revloop-Ticket: 3', 'It stops', 'ada@example.com', 'own_mail'],
    ['', 'It stops', 'Support <support@acme.example>', 'own_mail'],
    ['', 'It stops', 'MAILER-DAEMON@example.com', 'auto_reply'],
    ['', 'It stops', 'noreply@example.com', 'auto_reply'],
    ['', 'It stops', 'nobody', 'no_sender'],
    ['', 'The office is out of order', 'Noreen <noreen@example.com>', null],
  ])('with %j, subject %j and sender %j is refused as %s', (head, subject, from, reason) => {
    expect(refusalOf(mail(head, subject, from), OWN)).toBe(reason);
  });

  it('has people, ids and folded headers', () => {
    expect(readPerson('"Lovelace, Ada" <Ada@Example.com>')).toEqual({
      email: 'ada@example.com',
      name: 'Lovelace, Ada',
    });
    expect(readPerson('ada@example.com')).toEqual({ email: 'ada@example.com', name: null });
    expect(addressesOf('A <a@x.example>, b@y.example')).toEqual(['a@x.example', 'b@y.example']);
    const head = readHeaders('References: <1@x>\r\n\t<2@x>\r\nSubject: a: b\nreferences: <3@x>');
    expect(messageIds(head.get('references'))).toEqual(['1@x', '2@x']);
    expect(head.get('subject')).toBe('a: b');
  });

  it('names its ticket by the address that it was sent to, or by a number in its subject', () => {
    const address = replyAddress('support@acme.example', TOKEN);
    expect(address).toBe(`support+${TOKEN}@acme.example`);
    expect(replyTokenOf(['x@y.example', address])).toBe(TOKEN);
    expect(replyTokenOf(['support+news@acme.example'])).toBeNull();
    expect([ticketNumberOf('Re: It stops [#214]'), ticketNumberOf('Order #214')]).toEqual([214, null]);
    expect(plainSubject('Re: AW: Fwd: It stops')).toBe('It stops');
  });

  it.each([
    ['Thanks!\n\nOn Thu, 15 Jan 2026 at 10:30, Support <s@x.example> wrote:\n> Hello', 'Thanks!'],
    ['Danke.\r\n\r\nAm 15.01.2026 um 10:30 schrieb Support:\r\n> Hallo', 'Danke.'],
    ['New\n-----Original Message-----\nFrom: x\nOld', 'New'],
    ['First\n> quoted\n> more', 'First'],
    ['> only a quote', '> only a quote'],
    ['On Monday we tried again.\nIt stops.', 'On Monday we tried again.\nIt stops.'],
  ])('is read without what it quotes: %j', (text, own) => {
    expect(withoutQuote(text)).toBe(own);
  });
});
