import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPasswords, isCommonPassword } from './common-password.rules.ts';
import { passwordProblem } from './password.rules.ts';

describe('a password', () => {
  it.each([
    ['short', /at least 8/],
    ['1234567', /at least 8/],
    ['x'.repeat(257), /at most 256/],
    ['password', /first that anybody/],
    ['Password1', /first that anybody/],
    ['P@ssw0rd!', /first that anybody/],
    ['12345678', /first that anybody/],
    ['987654321', /first that anybody/],
    ['qwerty123', /first that anybody/],
    ['Qwertyuiop1!', /first that anybody/],
    ['1q2w3e4r', /first that anybody/],
    ['iloveyou2', /first that anybody/],
    ['Summer2026!', /first that anybody/],
    ['monkeymonkey', /first that anybody/],
    ['aaaaaaaa', /first that anybody/],
    ['abababab', /first that anybody/],
    ['abcd1234', /first that anybody/],
    ['trustno1!!', /first that anybody/],
    ['Ada.Lovelace1815', /made of your name/],
    ['AcmeRockets1', /made of your name/],
    ['acme-rockets-2026', /made of your name/],
  ])('%s is refused', (password, why) => {
    expect(passwordProblem(password, ['ada.lovelace@acme.example', 'Ada', 'Lovelace', 'Acme Rockets'])).toMatch(why);
  });

  it.each([
    'correct horse battery staple',
    'tr4mp0line-otter-cloud',
    'пароль у реки стоит',
    '  spaces count  ',
    'x7#Kq9!vLm',
  ])('%s is taken', (password) => {
    expect(passwordProblem(password, ['ada.lovelace@acme.example', 'Ada', 'Lovelace', 'Acme'])).toBeNull();
  });

  it('is measured in characters, not in bytes', () => {
    expect(passwordProblem('日本語の長い合言葉')).toBeNull();
    expect(passwordProblem('😀'.repeat(7))).toMatch(/at least 8/);
  });

  it('of random letters is never taken for a common one', () => {
    const letters = fc.array(fc.constantFrom(...'bcdfghjklmnpqrstvwxz23456789'), { minLength: 16, maxLength: 40 });
    fc.assert(
      fc.property(letters, (signs) => !isCommonPassword(signs.join(''))),
      { numRuns: 300 },
    );
  });
});

describe('the list of common passwords', () => {
  it('holds more than 3,000 of eight characters and more, and refuses each', () => {
    const long = new Set([...commonPasswords()].filter((password) => password.length >= 8));
    expect(long.size).toBeGreaterThan(3_000);
    expect([...long].filter((password) => !isCommonPassword(password))).toEqual([]);
  });
});
