import type { InteractionInput } from '../../data/index.ts';

/** How the identity spine knows a prospect: address, number, and the record itself for one that has neither. */
export const identifiersOf = (prospect: {
  id: string;
  /** Normalised, as in `email_key` and `phone_key`. */
  email: string | null;
  phone: string | null;
}): InteractionInput['customerIdentifiers'] => [
  ...(prospect.email ? [{ type: 'email', value: prospect.email }] : []),
  ...(prospect.phone ? [{ type: 'phone', value: prospect.phone }] : []),
  { type: 'prospect', value: prospect.id },
];
