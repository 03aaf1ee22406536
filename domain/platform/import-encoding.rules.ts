import { csvFields } from './import-text.rules.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a byte order mark says, with its length; null without one. */
export function encodingOfMark(head: Uint8Array): { encoding: Encoding; markBytes: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return null;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter that cuts the first line into most columns; a comma when none does. */
export function detectDelimiter(firstLine: string): string {
  const columns = (delimiter: string) => csvFields(firstLine, delimiter)?.length ?? 0;
  return DELIMITERS.reduce((best, candidate) => (columns(candidate) > columns(best) ? candidate : best));
}
