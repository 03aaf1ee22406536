/** What one speaker said without being answered. Times are from the start of the recording. */
export interface Statement {
  readonly speaker: string | null;
  readonly text: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

/** `speech`: written down from a recording here. */
export type TranscriptFormat = 'turns' | 'vtt' | 'srt' | 'text' | 'speech';

/** As providers and people send it. */
export interface Turn {
  readonly speaker?: string | undefined;
  readonly text: string;
  readonly startSeconds?: number | undefined;
  readonly endSeconds?: number | undefined;
}

export type ReadTranscript =
  | { readonly ok: true; readonly format: TranscriptFormat; readonly statements: readonly Statement[] }
  | { readonly ok: false; readonly reason: string };

export const MOST_STATEMENTS = 20_000;
const MOST_LETTERS = 20_000;

/** Turns, WebVTT, SubRip, or lines of text that begin with their speaker; neighbouring statements of one are joined. */
export function readTranscript(content: string | readonly Turn[]): ReadTranscript {
  const read = typeof content === 'string' ? readText(content) : readTurns(content);
  if (!read.ok) return read;
  const statements = joined(read.statements.filter(({ text }) => text !== ''));
  if (statements.length === 0) return { ok: false, reason: 'holds no statement' };
  if (statements.length > MOST_STATEMENTS) return { ok: false, reason: `has more than ${MOST_STATEMENTS} statements` };
  return { ok: true, format: read.format, statements };
}

function readTurns(turns: readonly Turn[]): ReadTranscript {
  const ms = (seconds: number | undefined) => (seconds === undefined ? null : Math.round(seconds * 1000));
  const statements = turns.map(({ speaker, text, startSeconds, endSeconds }): Statement => {
    const startMs = ms(startSeconds);
    const endMs = ms(endSeconds);
    return {
      speaker: speaker?.trim() || null,
      text: clean(text),
      startMs,
      endMs: startMs !== null && endMs !== null && endMs < startMs ? startMs : endMs,
    };
  });
  return { ok: true, format: 'turns', statements };
}

function readText(content: string): ReadTranscript {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (/^WEBVTT(?:[ \t\n]|$)/.test(text)) return { ok: true, format: 'vtt', statements: readCues(text) };
  if (/^\s*\d+\n\d{1,2}:\d{2}:\d{2}[,.]\d{3} -->/.test(text)) {
    return { ok: true, format: 'srt', statements: readCues(text) };
  }
  return { ok: true, format: 'text', statements: readLines(text) };
}

const TIMING = /^((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3})\s+-->\s+((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3})(?:\s.*)?$/;

/** Cues of WebVTT and SubRip: blocks with a line of times; blocks without one are notes and styles. */
function readCues(text: string): Statement[] {
  return text.split(/\n{2,}/).flatMap((block): Statement[] => {
    const lines = block.trim().split('\n');
    const at = lines.findIndex((line) => TIMING.test(line));
    if (at < 0 || at > 1) return [];
    const [, start, end] = TIMING.exec(lines[at]!)!;
    const said = lines.slice(at + 1).join(' ');
    const voice = /<v(?:\.[\w.]+)?\s+([^>]+)>/.exec(said)?.[1]?.trim();
    const { speaker, text: words } = parted(clean(said.replace(/<[^>]*>/g, ' ')));
    return [
      {
        speaker: voice ?? speaker,
        text: voice ? clean(said.replace(/<[^>]*>/g, ' ')) : words,
        startMs: millis(start!),
        endMs: Math.max(millis(start!), millis(end!)),
      },
    ];
  });
}

function millis(clock: string): number {
  const [seconds, minutes, hours = '0'] = clock.replace(',', '.').split(':').reverse();
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

/** `[00:01:02] Ada: …`; a line without a speaker goes on with the one before. */
function readLines(text: string): Statement[] {
  const statements: Statement[] = [];
  for (const line of text.split('\n')) {
    const [, stamp, rest] = /^\s*(?:[[(]?(\d{1,3}(?::\d{2}){1,2})[\])]?\s+)?(.*)$/.exec(line)!;
    const { speaker, text: said } = parted(clean(rest!));
    if (said === '') continue;
    const startMs = stamp === undefined ? null : millis(stamp);
    const before = statements.at(-1);
    if (speaker === null && startMs === null && before) {
      statements[statements.length - 1] = { ...before, text: clean(`${before.text} ${said}`) };
    } else {
      statements.push({ speaker, text: said, startMs, endMs: null });
    }
  }
  // A statement lasts until the next one begins.
  return statements.map((one, n) => ({
    ...one,
    endMs: one.startMs === null ? null : (statements[n + 1]?.startMs ?? null),
  }));
}

/** `Ada Lovelace (Sales): good morning`: up to five words before a colon are who says it. */
function parted(line: string): { speaker: string | null; text: string } {
  const found = /^([\p{L}\p{N}][\p{L}\p{N}'’._()/-]*(?: [\p{L}\p{N}(][\p{L}\p{N}'’._()/-]*){0,4}):\s+(.+)$/u.exec(line);
  return found ? { speaker: found[1]!, text: found[2]! } : { speaker: null, text: line };
}

const clean = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_LETTERS);

/** Captions cut a sentence into pieces; what one speaker says in a row is one statement. */
function joined(statements: readonly Statement[]): Statement[] {
  const all: Statement[] = [];
  for (const one of statements) {
    const before = all.at(-1);
    const goesOn =
      before !== undefined &&
      before.speaker === one.speaker &&
      one.speaker !== null &&
      before.text.length + one.text.length < 2_000 &&
      (before.endMs === null || one.startMs === null || one.startMs - before.endMs < 2_000);
    if (goesOn)
      all[all.length - 1] = { ...before, text: `${before.text} ${one.text}`, endMs: one.endMs ?? before.endMs };
    else all.push(one);
  }
  return all;
}

export type SpeakerRole = 'rep' | 'customer';

export interface KnownSpeaker {
  readonly name: string;
  readonly role: SpeakerRole;
}

const OURS = /\b(?:agent|rep|representative|sales|seller|advisor|consultant|support|host|ae|sdr|bdr)\b/i;
const THEIRS = /\b(?:customer|caller|client|prospect|lead|buyer|guest|user)\b/i;

/**
 * Who of the speakers is ours: by what is known of them, then by what their labels say; where one of two is known, the
 * other is the other side. Whoever is left stays unknown: nothing is guessed from what they say.
 */
export function speakerRoles(
  speakers: readonly string[],
  known: readonly KnownSpeaker[],
): ReadonlyMap<string, SpeakerRole> {
  const names = new Map(known.map(({ name, role }) => [folded(name), role]));
  const roles = new Map<string, SpeakerRole>();
  for (const speaker of speakers) {
    const role = names.get(folded(speaker)) ?? (OURS.test(speaker) ? 'rep' : THEIRS.test(speaker) ? 'customer' : null);
    if (role) roles.set(speaker, role);
  }
  const [unknown, ...others] = speakers.filter((speaker) => !roles.has(speaker));
  if (speakers.length === 2 && unknown !== undefined && others.length === 0) {
    roles.set(unknown, [...roles.values()][0] === 'rep' ? 'customer' : 'rep');
  }
  return roles;
}

const folded = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ' ');

export interface TalkTime {
  /** Share of the talking, 0 to 1; null while nobody is known to be ours. */
  readonly repRatio: number | null;
  /** Whether it was measured by times, or by words where there are none. */
  readonly basis: 'time' | 'words';
  readonly speakers: readonly { readonly speaker: string; readonly share: number }[];
  readonly longestMonologueSeconds: number | null;
}

export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** How the talking is divided. Times count where every statement has them, else words do. */
export function talkTime(statements: readonly Statement[], roles: ReadonlyMap<string, SpeakerRole>): TalkTime {
  const isTimed = statements.every(({ startMs, endMs }) => startMs !== null && endMs !== null);
  const lengthOf = (one: Statement) => (isTimed ? one.endMs! - one.startMs! : wordsIn(one.text));
  const bySpeaker = new Map<string, number>();
  for (const one of statements) {
    if (one.speaker !== null) bySpeaker.set(one.speaker, (bySpeaker.get(one.speaker) ?? 0) + lengthOf(one));
  }
  const all = [...bySpeaker.values()].reduce((sum, length) => sum + length, 0);
  const share = (length: number) => (all === 0 ? 0 : length / all);
  const ofRole = (role: SpeakerRole) =>
    [...bySpeaker].reduce((sum, [speaker, length]) => sum + (roles.get(speaker) === role ? length : 0), 0);
  const known = ofRole('rep') + ofRole('customer');
  const monologues = statements.filter(({ speaker }) => speaker !== null && roles.get(speaker) === 'rep').map(lengthOf);
  return {
    repRatio: known === 0 ? null : ofRole('rep') / known,
    basis: isTimed ? 'time' : 'words',
    speakers: [...bySpeaker].map(([speaker, length]) => ({ speaker, share: share(length) })),
    longestMonologueSeconds:
      monologues.length === 0 ? null : Math.round(Math.max(...monologues) * (isTimed ? 0.001 : SECONDS_PER_WORD)),
  };
}

/** People speak about 150 words a minute. */
const SECONDS_PER_WORD = 0.4;
