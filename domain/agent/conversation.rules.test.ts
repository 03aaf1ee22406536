import { describe, expect, it } from 'vitest';
import { readConversation, type Said } from './conversation.rules.ts';
import { sentimentOf } from './sentiment.rules.ts';
import { readTranscript, type Statement, speakerRoles, type Turn, talkTime } from './transcript.rules.ts';

const read = (content: string | Turn[]) => {
  const result = readTranscript(content);
  if (!result.ok) throw new Error(result.reason);
  return result;
};

describe('a transcript', () => {
  const expected = [
    { speaker: 'Asha', text: 'Good morning, how can I help?', startMs: 0, endMs: 2_500 },
    { speaker: 'Ben', text: 'Your price is too high. Really.', startMs: 3_000, endMs: 6_000 },
  ];
  const vtt = `WEBVTT

NOTE made by hand

intro
00:00.000 --> 00:02.500
<v Asha>Good morning, how can I help?

00:00:03.000 --> 00:00:04.500 align:start
<v Ben>Your price is <b>too</b> high.

00:04.500 --> 00:06.000
<v Ben>Really.`;
  const srt = `1\r\n00:00:00,000 --> 00:00:02,500\r\nAsha: Good morning, how can I help?\r\n\r\n2\r\n00:00:03,000 --> 00:00:06,000\r\nBen: Your price is too high. Really.`;
  const turns = expected.map(({ speaker, text, startMs, endMs }) => ({
    speaker,
    text,
    startSeconds: startMs / 1000,
    endSeconds: endMs / 1000,
  }));

  it.each([
    ['vtt', vtt],
    ['srt', srt],
    ['turns', turns],
  ] as const)('as %s is read into statements of its speakers', (format, content) => {
    expect(read(content as string)).toEqual({ ok: true, format, statements: expected });
  });

  it('as lines of text keeps speakers, stamps and lines that go on', () => {
    const text = '[00:00] Asha: Good morning.\nStill me.\n[01:05] Ben (Buyer): Hello: it is me\n\n[01:10] Asha: Fine';
    expect(read(text)).toMatchObject({
      format: 'text',
      statements: [
        { speaker: 'Asha', text: 'Good morning. Still me.', startMs: 0, endMs: 65_000 },
        { speaker: 'Ben (Buyer)', text: 'Hello: it is me', startMs: 65_000, endMs: 70_000 },
        { speaker: 'Asha', text: 'Fine', startMs: 70_000, endMs: null },
      ],
    });
  });

  it('without a statement is refused', () => {
    expect(readTranscript('WEBVTT\n\n')).toEqual({ ok: false, reason: 'holds no statement' });
  });
});

describe('the speakers', () => {
  it.each([
    [['Asha', 'Ben'], [{ name: ' asha', role: 'rep' }], { Asha: 'rep', Ben: 'customer' }],
    [['Agent', 'Customer'], [], { Agent: 'rep', Customer: 'customer' }],
    [['Customer', 'Asha'], [], { Customer: 'customer', Asha: 'rep' }],
    [['Asha', 'Ben'], [], {}],
    [['Agent', 'Ben', 'Cy'], [], { Agent: 'rep' }],
  ] as const)('%j are told apart by what is known, and not guessed', (speakers, known, expected) => {
    expect(Object.fromEntries(speakerRoles(speakers, known))).toEqual(expected);
  });

  it('share the talking by time, by words where a time is missing', () => {
    const said = (speaker: string, text: string, startMs: number | null, endMs: number | null): Statement => ({
      speaker,
      text,
      startMs,
      endMs,
    });
    const roles = new Map([
      ['a', 'rep'],
      ['b', 'customer'],
    ] as const);
    const timed = [said('a', 'one', 0, 30_000), said('b', 'two words', 30_000, 40_000)];
    expect(talkTime(timed, roles)).toMatchObject({ repRatio: 0.75, basis: 'time', longestMonologueSeconds: 30 });
    const untimed = [said('a', 'one', null, null), said('b', 'two more words', 30_000, 40_000)];
    expect(talkTime(untimed, roles)).toMatchObject({ repRatio: 0.25, basis: 'words' });
    expect(talkTime(timed, new Map()).repRatio).toBeNull();
  });
});

describe('the feeling of a statement', () => {
  it.each([
    ['This is great, thank you!', 'positive'],
    ['I am not happy with this', 'negative'],
    ['It is really terrible and a waste', 'negative'],
    ['The product is good, but the price is a problem', 'negative'],
    ["It isn't bad", 'positive'],
    ['We meet on Tuesday at nine', 'neutral'],
    ['', 'neutral'],
  ] as const)('"%s" is %s', (text, sentiment) => {
    expect(sentimentOf(text).sentiment).toBe(sentiment);
  });
});

describe('a conversation', () => {
  const said = (role: Said['role'], text: string): Said => ({ speaker: role, role, text, startMs: null, endMs: null });
  const statements = [
    said('rep', 'Good morning, thanks for your time.'),
    said('customer', "We currently use Gong, and honestly you are too expensive. I'd have to ask my boss."),
    said('rep', 'Our product has many features.'),
    said('customer', 'Acme showed us something like it. Could you send me a proposal? This is fantastic, I love it.'),
    said('rep', "Sure, I'll send it by the end of the week. Does Tuesday work?"),
  ];
  const roles = new Map([
    ['rep', 'rep'],
    ['customer', 'customer'],
  ] as const);
  const { insights, questionsByRep } = readConversation(statements, talkTime(statements, roles), ['Acme'], true);
  const of = (kind: string) =>
    insights.filter((one) => one.kind === kind).map(({ code, statement }) => [code, statement]);

  it('shows objections, competitors and key moments where they were said', () => {
    expect(of('objection')).toEqual([
      ['price', 1],
      ['authority', 1],
    ]);
    expect(of('competitor')).toEqual([
      ['gong', 1],
      ['acme', 3],
    ]);
    expect(of('key_moment')).toEqual(
      expect.arrayContaining([
        ['buying_signal', 3],
        ['delight', 3],
        ['next_step', 4],
        ['timeline', 4],
      ]),
    );
    expect(questionsByRep).toBe(1);
  });

  it('leads to one next step with its reason, and to advice for who led it', () => {
    expect(of('next_best_action')).toEqual([['send_proposal', 3]]);
    expect(of('coaching')).toEqual([
      ['objection_passed_over', 1],
      ['objection_passed_over', 1],
    ]);
  });

  it('of unknown speakers gives no advice to anybody', () => {
    const nobody = statements.map((one) => ({ ...one, role: null }));
    const found = readConversation(nobody, talkTime(nobody, new Map()), [], true).insights;
    expect(found.filter(({ kind }) => kind === 'coaching')).toEqual([]);
    expect(found.filter(({ kind }) => kind === 'objection')).toHaveLength(2);
  });
});
