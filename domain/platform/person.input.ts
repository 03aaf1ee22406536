import { z } from 'zod';
import { id, text } from '../core/shapes.input.ts';
import { USER_STATUSES, USER_TYPES } from './roles.rules.ts';

/** A role or a team by its id or its number; text of digits is a number too. */
export const reference = () =>
  z.union(
    [z.int('must be a whole number').min(1, 'must be 1 or more').max(2_147_483_647, 'is too large'), text(100)],
    'must be an id or a number',
  );

/** Kept as it was written, trimmed; the specification's own `+1234567890` is none that a numbering plan knows. */
const phone = () =>
  z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 ()./-]{3,30}$/, 'must be a phone number, like +14155550123');

export const email = () =>
  z.string().trim().max(320, 'must have at most 320 characters').pipe(z.email('must be an e-mail address'));

/** Every IANA name that this runtime knows. */
export const timeZone = () =>
  z
    .string()
    .max(64)
    .refine((name) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== undefined;
      } catch {
        return false;
      }
    }, 'must be an IANA time zone, like Europe/Berlin');

export const language = () => z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language code, like en or pt-BR');

/** What anybody may set for themselves. */
export const selfFields = {
  firstName: text(100),
  lastName: text(100).nullable(),
  timezone: timeZone().nullable(),
  language: language().nullable(),
};

/** What is set by those who manage people. */
export const managedFields = {
  phone: phone().nullable(),
  location: text(200).nullable(),
  userType: z.enum(USER_TYPES),
  roleId: reference().describe('Id, number or name of a role'),
  teamId: reference().nullable().describe('Id or number of a team'),
  subTeamId: reference().nullable().describe('Id or number of a team inside it'),
  managerId: id().nullable(),
  status: z.enum(USER_STATUSES),
};

export const CreateUserBody = z.strictObject({
  email: email(),
  ...z.strictObject({ ...selfFields, ...managedFields }).partial().shape,
  firstName: selfFields.firstName,
});

export const UpdateUserBody = z.strictObject({ email: email(), ...selfFields, ...managedFields }).partial();
