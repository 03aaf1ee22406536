import { describe, expect, it } from 'vitest';
import { machineReason } from './machine.rules.ts';

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const later = { secondsSinceSent: 3_600 };

describe('an open or a click', () => {
  it.each([
    ['a browser', 'open', BROWSER, null],
    ['a browser that clicks', 'click', BROWSER, null],
    [
      "Gmail's proxy, which loads when somebody looks",
      'open',
      'Mozilla/5.0 (Windows NT 5.1) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      null,
    ],
    ["Apple's prefetching", 'open', 'Mozilla/5.0', 'prefetch'],
    ["Apple's agent that clicks, which is nobody's prefetching", 'click', 'Mozilla/5.0', null],
    ['a gateway that calls itself a scanner', 'click', 'Mozilla/5.0 (Mail Scan)', 'robot'],
    ['a browser that names a library', 'open', `${BROWSER} curl/8`, null],
    ['nothing', 'open', '', 'no_browser'],
    ['white space', 'open', '  ', 'no_browser'],
    ['an unknown agent', 'open', null, 'no_browser'],
    ['a command line', 'click', 'curl/8.5.0', 'no_browser'],
    ['a library', 'click', 'python-requests/2.32', 'no_browser'],
    ['a gateway', 'click', 'Mozilla/5.0 (compatible; BarracudaCentral)', 'robot'],
    ['a crawler', 'open', 'Mozilla/5.0 (compatible; bingbot/2.0)', 'robot'],
  ] as const)('of %s is told apart', (_, kind, userAgent, expected) => {
    expect(machineReason({ kind, userAgent, ...later })).toBe(expected);
  });

  it('within a moment of the hand-over is a scanner, whatever it calls itself', () => {
    const of = (kind: 'open' | 'click', secondsSinceSent: number) =>
      machineReason({ kind, userAgent: BROWSER, secondsSinceSent });
    expect(machineReason({ kind: 'open', userAgent: BROWSER, secondsSinceSent: null })).toBeNull();
    expect([of('open', 1), of('open', 2), of('click', 3), of('click', 4)]).toEqual([
      'too_soon',
      null,
      'too_soon',
      null,
    ]);
  });
});
