import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from './password.rules.ts';

/** One line: what stands in the head of a mail must not be able to begin another line of it. */
export const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^\P{C}*$/u, 'must be one line without control characters');

/** An address as one mailbox; kept as it was typed, compared without regard to case. */
export const emailAddress = () =>
  z
    .string()
    .trim()
    .max(254, 'must have at most 254 characters')
    .regex(
      /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/,
      'must be an e-mail address',
    );

/** The password of somebody who signs in: only measured, since a refused one says nothing about the right one. */
export const givenPassword = () =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(4 * MAX_PASSWORD_LENGTH);

/** A password that is being chosen; the rules are the domain's (`passwordProblem`). */
export const chosenPassword = () =>
  z
    .string()
    .max(4 * MAX_PASSWORD_LENGTH)
    .describe(`At least 8 characters, at most ${MAX_PASSWORD_LENGTH}; refused when anybody would try it first`);
