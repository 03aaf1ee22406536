import { describe, expect, it } from 'vitest';
import { scrubStack, scrubText, scrubValue } from './scrub.ts';

describe('scrubText', () => {
  it.each([
    ['mail to jane.roe+x@customer.example failed', 'mail to [email] failed'],
    ['<jane@a.example>,(bob@b.example)', '<[email]>,([email])'],
    ['call +49 (151) 234-5678 now', 'call [number] now'],
    ['card 4111111111111111', 'card [number]'],
    ['Key (email)=(jane@a.example) already exists.', 'Key (email)=(…) already exists.'],
    ['Key (name, alias)=(Roe (Jane), x) exists', 'Key (name, alias)=(…) exists'],
    ['invalid input "Jane Roe" here', 'invalid input "…" here'],
    ["customer 'Jane O\\'Neil' is new", 'customer "…" is new'],
    ['body {"name":"Jane","age":4}', 'body {"…":"…","…":4}'],
    ['jane@müller.example wrote', '[email] wrote'],
  ])('takes the person out of: %s', (text, expected) => {
    expect(scrubText(text)).toBe(expected);
  });

  it.each([
    'run 0199a4c2-7b1e-7000-8000-1234567890ab is not pending',
    'due 2026-11-21T11:40:46.123Z, not 2026-11-20',
    'connect ECONNREFUSED 127.0.0.1:5432',
    "can't read what isn't there",
    'HTTP 503 after 30000 ms',
  ])('leaves what operators need: %s', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  it('is stable when applied again, and short', () => {
    const once = scrubText(`"a" b@c.example ${'word '.repeat(300)}`);
    expect(scrubText(once)).toBe(once);
    expect(once.length).toBeLessThan(510);
  });

  it('stays fast on hostile input', () => {
    const startedAt = performance.now();
    for (const hostile of ['"'.repeat(50_000), '=('.repeat(25_000), 'a@'.repeat(25_000), '1 '.repeat(25_000)]) {
      scrubText(hostile);
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('scrubStack', () => {
  it('keeps frames only, without the machine’s folders and without the message', () => {
    const stack = [
      'Error: jane@a.example',
      'said "hello"',
      '    at verb (file:///home/jane/repo/services/data/verb.ts:3:9)',
      '    at async run (node:internal/process:1:2)',
    ].join('\n');
    const scrubbed = scrubStack(stack);
    expect(scrubbed).toContain('at verb (');
    expect(scrubbed).toContain('data/verb.ts:3:9');
    expect(scrubbed).not.toMatch(/jane|hello/);
  });
});

describe('scrubValue', () => {
  it('scrubs strings at any depth and keeps the shape', () => {
    expect(scrubValue({ field: 'email', list: ['a@b.example', 3, null] })).toEqual({
      field: 'email',
      list: ['[email]', 3, null],
    });
  });
});
