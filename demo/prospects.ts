import type { Ctx } from '../services/core/context.ts';
import { uuidv7 } from '../services/core/ids.ts';
import { IMPORT_KINDS, type ProspectRow } from '../services/crm/imports/index.ts';
import type { DemoDefinition } from './definition.ts';
import { COMPANIES, FIRST, LAST, peopleOf } from './people.ts';
import { Random } from './random.ts';

const STREAM = 410_000;
/** Of 100 prospects so many have never been heard of but by name. */
const LEADS_PER_HUNDRED = 20;
const TITLES = ['Head of Support', 'COO', 'VP Operations', 'Call Center Manager', 'CTO', 'Procurement Lead', 'Founder'];
const SOURCES = ['Trade fair', 'Referral', 'Web form', 'List 2025', 'Partner'];

export interface DemoProspect {
  readonly id: string;
  readonly row: ProspectRow;
}

/**
 * The people of the facts, and others who are names on a list so far; what somebody bought shows in the status, unless they
 * are among those whose order is still to come when they are stored.
 */
export function prospectRowsOf(
  definition: DemoDefinition,
  ownerIds: readonly string[],
  lateBuyers: ReadonlyMap<string, Date> = new Map(),
): ProspectRow[] {
  const people = peopleOf(definition).map(({ index, name, email, phone, language, orders }): ProspectRow => {
    const random = new Random(definition.seed, STREAM + index);
    const [firstName, lastName] = name.split(' ') as [string, string];
    const ordersLater = lateBuyers.has(email.value);
    const host = email.value.split('@')[1]!.replace('.example', '');
    return {
      email: email.value,
      phone: phone.value,
      firstName,
      lastName,
      title: random.pick(TITLES),
      company: host.replace('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
      status:
        orders > 0
          ? ordersLater
            ? 'qualified'
            : 'customer'
          : random.weighted({ new: 20, contacted: 30, engaged: 30, qualified: 12, unqualified: 8 }),
      relationshipStage:
        orders > 0 ? (ordersLater ? 'engaged' : 'customer') : random.weighted({ cold: 3, aware: 4, engaged: 3 }),
      language,
      country: phone.value.startsWith('+49') ? 'DE' : 'US',
      source: random.pick(SOURCES),
      ownerId: ownerIds[index % ownerIds.length],
      custom: { seats: random.between(3, 400), planInterest: random.pick(['Starter', 'Team', 'Enterprise']) },
    };
  });
  const leads = Math.round((people.length * LEADS_PER_HUNDRED) / (100 - LEADS_PER_HUNDRED));
  return [
    ...people,
    ...Array.from({ length: leads }, (_, index): ProspectRow => {
      const random = new Random(definition.seed, STREAM + 100_000 + index);
      const [firstName, lastName] = [random.pick(FIRST), random.pick(LAST)];
      const email = `${firstName}.${lastName}.lead${index}@${random.pick(COMPANIES)}-${random.between(91, 180)}.example`;
      return {
        email: email.toLowerCase(),
        firstName,
        lastName,
        title: random.pick(TITLES),
        source: random.pick(SOURCES),
        ownerId: ownerIds[index % ownerIds.length],
        custom: { seats: random.between(3, 60) },
      };
    }),
  ];
}

/** A group of them, as an import stores them: a second time it changes nothing and answers the same ids. */
export async function storeProspectRows(ctx: Ctx, rows: readonly ProspectRow[]): Promise<DemoProspect[]> {
  const kind = IMPORT_KINDS.get('prospects')!;
  const outcomes = await kind.store({ ...ctx, silent: true }, rows, { id: uuidv7(), options: {} });
  return outcomes.map((outcome, index) => {
    if (!outcome.ok) throw outcome.error;
    return { id: outcome.value.id, row: rows[index]! };
  });
}
