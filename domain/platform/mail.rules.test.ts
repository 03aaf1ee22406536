import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerText, renderMail } from './mail.rules.ts';

describe('the head of a mail', () => {
  it.each([
    'Hello\r\nBcc: eve@evil.example',
    'Hello\nBcc: eve@evil.example',
    'Hello\rBcc: eve@evil.example',
    'Hello\u2028Bcc: eve@evil.example',
    'Hello\u0085Bcc: eve@evil.example',
    'Hello\0\u000bBcc: eve@evil.example',
  ])('is one line, whatever is typed: %j', (text) => {
    expect(headerText(text)).toBe('Hello Bcc: eve@evil.example');
  });

  it('never holds a control character', () => {
    const anything = fc
      .array(fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)), { maxLength: 60 })
      .map((points) => String.fromCodePoint(...points));
    fc.assert(fc.property(anything, (text) => !/[\p{C}\u2028\u2029]/u.test(headerText(text))));
  });
});

describe('the body of a mail', () => {
  it('shows markup as text', () => {
    const url = 'http://127.0.0.1/x?token=a&b="><script>';
    const mail = renderMail({ subject: 'S', paragraphs: ['<script>alert(1)</script> & co', { label: '<b>', url }] });
    expect(mail.html).not.toMatch(/<script|<b>/);
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; co');
    expect(mail.text).toContain(url);
  });
});
