import { describe, expect, it } from 'vitest';
import { withoutPersons } from './failure-text.rules.ts';

describe('a message of a provider', () => {
  it.each([
    ['invalid email address: ada@example.com', 'invalid email address: …'],
    [
      'Last Name: data value too large: Lovelace of Ockham (max length=80)',
      'Last Name: data value too large: … (max length=80)',
    ],
    ['The number +1 (415) 555-0134 is taken by <ada@example.com>.', 'The number … is taken by <…>.'],
    ['bad value for restricted picklist field: Countess', 'bad value for restricted picklist field: …'],
    ['Somebody is called "Ada Lovelace" already', 'Somebody is called … already'],
    ["The value 'Ada' isn't one of ours", "The value … isn't one of ours"],
  ])('loses whom it is about: %s', (message, kept) => {
    expect(withoutPersons(message)).toBe(kept);
  });

  it.each([
    'Required fields are missing: [LastName]',
    'closeDate must lie after 2026-06-30',
    'Both sides had changed firstName, title.',
    'The refund is larger than what is left of 1,200.50 USD.',
    'entity is deleted',
  ])('keeps what is about nobody: %s', (message) => {
    expect(withoutPersons(message)).toBe(message);
  });
});
