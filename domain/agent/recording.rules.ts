/** What vendors take; a recording beyond it is refused before anybody is paid for it. */
export const MOST_RECORDING_BYTES = 25_000_000;

/** Kinds of sound that are understood, by the ending that names them. */
export type RecordingFormat = 'flac' | 'm4a' | 'mp3' | 'ogg' | 'wav' | 'webm';

/** By what stands at its beginning: names and headers of servers say anything. Null: no sound that is understood. */
export function recordingFormat(bytes: Uint8Array): RecordingFormat | null {
  const starts = (at: number, ...expected: number[]) => expected.every((byte, index) => bytes[at + index] === byte);
  const letters = (at: number, text: string) => starts(at, ...[...text].map((letter) => letter.charCodeAt(0)));
  if (letters(0, 'fLaC')) return 'flac';
  if (letters(0, 'OggS')) return 'ogg';
  if (letters(0, 'RIFF') && letters(8, 'WAVE')) return 'wav';
  if (letters(4, 'ftyp')) return 'm4a';
  if (starts(0, 0x1a, 0x45, 0xdf, 0xa3)) return 'webm';
  // A tag, or the eleven set bits of a frame of layer III.
  if (letters(0, 'ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return 'mp3';
  return null;
}
