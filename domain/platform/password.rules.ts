import { isCommonPassword } from './common-password.rules.ts';

export const MIN_PASSWORD_LENGTH = 8;
/** Every character counts; a longer one is refused, never cut. */
export const MAX_PASSWORD_LENGTH = 256;

/** One spelling of the same characters, whatever keyboard they came from. */
export const canonicalPassword = (password: string): string => password.normalize('NFC');

const countCharacters = (text: string): number => [...text].length;

/**
 * Why this password is refused, else null: any characters are allowed, there are no rules of composition.
 * @param context words an attacker would try first: name, address, organization
 */
export function passwordProblem(password: string, context: readonly (string | null | undefined)[] = []): string | null {
  const text = canonicalPassword(password);
  const length = countCharacters(text);
  if (length < MIN_PASSWORD_LENGTH) return `must have at least ${MIN_PASSWORD_LENGTH} characters`;
  if (length > MAX_PASSWORD_LENGTH) return `must have at most ${MAX_PASSWORD_LENGTH} characters`;
  if (isCommonPassword(text)) return 'is one of the first that anybody would try';
  if (isMadeOf(text, wordsOf(context))) return 'is made of your name, your address or your organization';
  return null;
}

/** Parts of three letters and more: shorter ones stand in too many good passwords by chance. */
const wordsOf = (context: readonly (string | null | undefined)[]): string[] =>
  context
    .flatMap((value) => [value ?? '', ...(value ?? '').split(/[^\p{L}\p{N}]+/u)])
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word.length >= 3);

/** Whether hardly more than digits and signs are left once the words are taken out. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  let rest = text.toLowerCase();
  for (const word of words.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  return rest.length < text.length && /^[\W\d_]{0,10}$/u.test(rest);
}
