import type { InteractionInput } from '../services/data/index.ts';
import type { DemoDefinition } from './definition.ts';
import { Random } from './random.ts';

type Identifier = InteractionInput['customerIdentifiers'][number];

export interface DemoPerson {
  readonly index: number;
  readonly name: string;
  readonly email: Identifier;
  readonly phone: Identifier;
  readonly crm: Identifier;
  readonly cookie: Identifier;
  readonly currency: 'USD' | 'EUR';
  readonly language: string;
  /**
   * How the records of this person come together: each touch names all there is, each but those on the website, a later
   * one shows that two records are one person, or none ever does.
   */
  readonly known: 'always' | 'at once' | 'later' | 'never';
  /** How many orders. */
  readonly orders: 0 | 1 | 2;
}

export const FIRST = 'Alex Bea Cem Dora Enzo Fay Gus Hana Ida Jon Kai Lea Max Nora Otto Pia Quin Rosa Sven Tara'.split(
  ' ',
);
export const LAST =
  'Abbott Brandt Costa Dahl Ekman Ferro Greene Hahn Iversen Jansen Keller Lund Marsh Novak Ortiz'.split(' ');
export const COMPANIES = 'harbor fjordline quarry lantern orchard summit cobalt meadow anvil beacon'.split(' ');

/** Two records of one customer that no identifier shows to be one; somebody merges them by hand. */
export const MERGED_BY_HAND = [1, 2] as const;

/** Streams of people are far from those of the other parts. */
export const personStream = (index: number): number => 1_000 + index;

export function peopleOf(definition: DemoDefinition): DemoPerson[] {
  return Array.from({ length: definition.people }, (_, index) => personOf(definition, index));
}

export function personOf({ prefix, seed, people, buyers }: DemoDefinition, index: number): DemoPerson {
  const random = new Random(seed, personStream(index));
  const byHand = MERGED_BY_HAND.some((one) => one === index);
  // The two who are merged by hand bear one name.
  const name = byHand ? 'Maren Holt' : `${random.pick(FIRST)} ${random.pick(LAST)}`;
  const host = index === MERGED_BY_HAND[1] ? 'private-mail' : `${random.pick(COMPANIES)}-${1 + (index % 90)}`;
  const european = random.chance(0.3);
  const number = String(1_000 + index).padStart(4, '0');
  const before = Math.floor((index * buyers) / people);
  const buys = Math.floor(((index + 1) * buyers) / people) > before;
  return {
    index,
    name,
    email: {
      type: 'email',
      value: `${name.toLowerCase().replace(' ', '.')}.${index}@${host}.example`,
    },
    phone: { type: 'phone', value: european ? `+4930555${number}` : `+1415555${number}` },
    crm: { type: 'crm_id', value: `${prefix}-contact-${index}` },
    cookie: { type: 'cookie', value: `${prefix}-visitor-${index}` },
    currency: european ? 'EUR' : 'USD',
    language: european ? random.pick(['de', 'fr', 'en']) : random.pick(['en', 'en', 'en', 'es']),
    known: byHand ? 'always' : random.weighted({ 'at once': 45, later: 40, never: 15 }),
    orders: !buys ? 0 : (before + 1) % 9 === 0 ? 2 : 1,
  };
}

/** What a touch on this channel tells about who it was; `shows` touches name the other side too. */
export function identifiersOn(person: DemoPerson, channel: string, shows: boolean): Identifier[] {
  const { email, phone, crm, cookie, known } = person;
  if (channel === 'web') return shows || known === 'always' ? [cookie, email] : [cookie];
  if (known === 'always' || known === 'at once') return channel === 'direct' ? [email, crm] : [email, phone];
  if (shows && known === 'later') return [email, phone];
  return channel === 'call' || channel === 'sms' ? [phone] : [email];
}
