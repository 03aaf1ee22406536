import type { Ctx } from '../services/core/context.ts';
import { createAccount, listAccounts } from '../services/crm/index.ts';
import type { DemoDefinition } from './definition.ts';
import { COMPANIES, peopleOf } from './people.ts';
import { Random } from './random.ts';

/** An account of the demo, before it has an id. */
interface Company {
  readonly key: string;
  readonly name: string;
  readonly parent: string | null;
  readonly domain: string | null;
  readonly industry: string;
  readonly employeeCount: number;
}

export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
}

const INDUSTRIES = ['Logistics', 'Software', 'Retail', 'Energy', 'Health care', 'Manufacturing', 'Travel', 'Finance'];
const REGIONS = ['Americas', 'Europe'] as const;
const STREAM = 400_000;
/** People per account. */
const PEOPLE = 10;

/** Groups with regions, and in these the companies whose people write from their domains. */
function companiesOf(definition: DemoDefinition): Company[] {
  const random = new Random(definition.seed, STREAM);
  const count = Math.max(6, Math.round(definition.people / PEOPLE));
  const hosts = new Map<string, number>();
  for (const { email } of peopleOf(definition)) {
    const host = email.value.split('@')[1]!;
    if (COMPANIES.some((company) => host.startsWith(`${company}-`))) hosts.set(host, (hosts.get(host) ?? 0) + 1);
  }
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
  const words = COMPANIES.slice(0, Math.max(1, Math.min(COMPANIES.length, Math.floor(count / 6))));
  const groups = words.flatMap((word): Company[] => [
    {
      key: word,
      name: `${capital(word)} Group`,
      parent: null,
      domain: null,
      industry: random.pick(INDUSTRIES),
      employeeCount: 4_000,
    },
    ...REGIONS.map((region) => ({
      key: `${word} ${region}`,
      name: `${capital(word)} ${region}`,
      parent: word,
      domain: null,
      industry: 'Holding',
      employeeCount: 1_200,
    })),
  ]);
  // Those with most people first, by name where they are as many: always the same ones.
  const domains = [...hosts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, count - groups.length);
  return [
    ...groups,
    ...domains.map(([domain]): Company => {
      const [word, number] = domain.replace('.example', '').split('-') as [string, string];
      return {
        key: domain,
        name: `${capital(word)} ${number}`,
        parent: words.includes(word) && random.chance(0.7) ? `${word} ${random.pick(REGIONS)}` : null,
        domain,
        industry: random.pick(INDUSTRIES),
        employeeCount: random.between(5, 900),
      };
    }),
  ];
}

/** All in this transaction, or, when they are there, nothing. Answers those with a domain. */
export async function createCompanies(
  ctx: Ctx,
  definition: DemoDefinition,
  ownerIds: readonly string[],
): Promise<DemoAccount[]> {
  const known = await readAccounts(ctx);
  if (known.length > 0) return known.filter(({ domain }) => domain !== null);
  const random = new Random(definition.seed, STREAM + 1);
  const ids = new Map<string, string>();
  const created: DemoAccount[] = [];
  for (const { key, parent, ...fields } of companiesOf(definition)) {
    const isLarge = fields.employeeCount > 500;
    const account = await createAccount(
      { ...ctx, silent: true },
      {
        ...fields,
        parentAccountId: parent === null ? null : ids.get(parent)!,
        annualRevenue: fields.employeeCount * random.between(80, 240) * 1_000,
        location: random.pick(['Berlin', 'Chicago', 'Lyon', 'Austin', 'Oslo', 'Toronto']),
        website: fields.domain === null ? null : `https://www.${fields.domain}`,
        lifecycleStage: random.weighted({ MQL: 4, SQL: 3, Opportunity: 2, Customer: 3 }),
        isTarget: isLarge,
        source: 'demo',
        ownerId: ownerIds[ids.size % ownerIds.length] ?? null,
        custom: { tier: isLarge ? 'gold' : random.pick(['silver', 'bronze']) },
      },
    );
    ids.set(key, account.id);
    created.push({ id: account.id, name: fields.name, domain: fields.domain });
  }
  return created.filter(({ domain }) => domain !== null);
}

async function readAccounts(ctx: Ctx): Promise<DemoAccount[]> {
  const all: DemoAccount[] = [];
  for (let page = 1; ; page++) {
    const { items } = await listAccounts(ctx, { page, limit: 200 });
    all.push(...items);
    if (items.length < 200) return all;
  }
}
