import type { SalesforceStandIn } from '../../test/integrations/salesforce.ts';
import { dice } from '../calls/told-calls.ts';
import type { Caller } from '../lib/caller.ts';

/** Their object, our path, and how a record is looked at from both sides. */
export const KINDS = [
  { object: 'Account', path: '/api/v1/accounts', stream: 'accounts' },
  { object: 'Contact', path: '/api/v1/prospects', stream: 'contacts' },
  { object: 'Opportunity', path: '/api/v1/deals', stream: 'deals' },
] as const;
type Kind = (typeof KINDS)[number];

export interface Pair {
  readonly stream: string;
  readonly externalId: string;
  readonly localId: string;
}

const WORDS = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Niklaus'];
const STAGES = ['Prospecting', 'Needs Analysis', 'Proposal/Price Quote', 'Negotiation/Review'];
const OUR_STAGES = ['discovery', 'qualification', 'proposal', 'negotiation'];

/** What people do on both sides between two syncs. */
export function createEditors(salesforce: SalesforceStandIn, call: Caller, seed: number) {
  const random = dice(seed);
  let number = 0;
  let pairs: readonly Pair[] = [];
  /** Records that somebody has touched since both sides were equal: what is deleted must not have been changed elsewhere. */
  const touched = new Set<string>();
  const deleted: { stream: string; externalId: string; localId: string }[] = [];
  const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;
  const word = () => `${pick(WORDS)} ${random(1_000)}`;
  const idOf = ({ stream, externalId }: Pair) => `${stream} ${externalId}`;
  const pairOf = (kind: Kind) => {
    const of = pairs.filter(
      (pair) => pair.stream === kind.stream && !deleted.some((one) => one.localId === pair.localId),
    );
    return of.length === 0 ? null : pick(of);
  };
  const accountPair = () => pairOf(KINDS[0]);

  function theirChange(kind: Kind): Record<string, unknown> {
    const name = word();
    switch (kind.object) {
      case 'Account':
        return pick([
          { Name: name },
          { Phone: `+1415555${1000 + random(9000)}` },
          { Description: name },
          { Industry: null },
        ]);
      case 'Contact':
        return pick([
          { LastName: name },
          { Title: random(2) ? name : null },
          { AccountId: accountPair()?.externalId ?? null },
        ]);
      default:
        return pick([
          { Name: name },
          { Amount: random(100_000) / 100 },
          { StageName: pick(STAGES) },
          { Description: name },
        ]);
    }
  }

  function ourChange(kind: Kind): Record<string, unknown> {
    const name = word();
    switch (kind.object) {
      case 'Account':
        return pick([
          { name },
          { phone: `+1415555${1000 + random(9000)}` },
          { description: name },
          { industry: pick(WORDS) },
        ]);
      case 'Contact':
        return pick([
          { lastName: name },
          { title: random(2) ? name : null },
          { accountId: accountPair()?.localId ?? null },
        ]);
      default:
        return pick([{ name }, { amount: random(100_000) / 100 }, { stage: pick(OUR_STAGES) }, { winLossNotes: name }]);
    }
  }

  function theirRecord(kind: Kind): Record<string, unknown> {
    const name = `${word()} ${++number}`;
    if (kind.object === 'Account') return { Name: name };
    const AccountId = accountPair()?.externalId ?? null;
    if (kind.object === 'Contact') return { LastName: name, Email: `Person${number}@example.com`, AccountId };
    return { Name: name, StageName: pick(STAGES), CloseDate: '2026-12-31', Amount: random(10_000), AccountId };
  }

  function ourRecord(kind: Kind): Record<string, unknown> {
    const name = `${word()} ${++number}`;
    if (kind.object === 'Account') return { name };
    const account = accountPair()?.localId;
    const accountId = account === undefined ? {} : { accountId: account };
    if (kind.object === 'Contact') return { lastName: name, email: `person${number}@example.com`, ...accountId };
    return {
      name,
      stage: pick(OUR_STAGES),
      closeDate: '2026-12-31',
      amount: random(10_000),
      currency: 'USD',
      ...accountId,
    };
  }

  const ours = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  };

  async function create(): Promise<boolean> {
    const kind = pick(KINDS);
    const isTheirs = random(2) === 0;
    if (isTheirs) salesforce.create(kind.object, theirRecord(kind));
    else await ours('POST', kind.path, ourRecord(kind));
    return isTheirs;
  }

  return {
    deleted,
    /** A record that is new on one side. */
    create,
    /** Both sides are equal now, and these are their pairs. */
    settle(now: readonly Pair[]) {
      pairs = now;
      touched.clear();
      deleted.length = 0;
    },
    /** One edit by one person on one side; answers whether it was theirs. */
    async edit(): Promise<boolean> {
      const kind = pick(KINDS);
      const isTheirs = random(2) === 0;
      const what = random(10);
      if (what === 0) return create();
      const pair = pairOf(kind);
      if (!pair) return isTheirs;
      if (what < 4 && kind.object !== 'Account' && !touched.has(idOf(pair))) {
        deleted.push(pair);
        if (isTheirs) salesforce.remove(kind.object, pair.externalId);
        else await ours('DELETE', `${kind.path}/${pair.localId}`);
        return isTheirs;
      }
      touched.add(idOf(pair));
      if (isTheirs) salesforce.change(kind.object, pair.externalId, theirChange(kind));
      else await ours('PUT', `${kind.path}/${pair.localId}`, ourChange(kind));
      return isTheirs;
    },
    random,
  };
}
