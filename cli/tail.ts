import { setTimeout as sleep } from 'node:timers/promises';
import { type Revloop, RevloopError, type Schemas, UNREACHABLE } from '../client/index.ts';
import { EXIT, type ExitCode, type TailCommand } from './arguments.ts';
import { type Output, table } from './output.ts';

interface Entry {
  readonly type: 'interaction' | 'conversion';
  readonly id: string;
  readonly at: string;
  readonly fact: Schemas['v1.Interaction'] | Schemas['v1.Conversion'];
  readonly cells: readonly string[];
}

/** Looks at the newest page of both lists again and again and prints what was not there before. */
export async function tail(api: Revloop, command: TailCommand, output: Output): Promise<ExitCode> {
  const { limit } = command;
  let seen: ReadonlySet<string> = show(await newest(api, limit), new Set(), output);
  while (!command.once) {
    await sleep(command.intervalSeconds * 1000);
    try {
      const entries = await newest(api, limit);
      const passedBy = (['interaction', 'conversion'] as const).filter((type) => {
        const page = entries.filter((entry) => entry.type === type);
        return page.length === limit && page.every(({ id }) => !seen.has(id));
      });
      seen = show(entries, seen, output);
      for (const type of passedBy) output.note(`… and perhaps more ${type}s; --limit and --interval decide how many.`);
    } catch (error) {
      if (!(error instanceof RevloopError && mayPass(error))) throw error;
      output.note(`${error.message} Trying again.`);
    }
  }
  return EXIT.ok;
}

const mayPass = ({ code, status }: RevloopError): boolean => code === UNREACHABLE || status === 429 || status === 503;

async function newest(api: Revloop, limit: number): Promise<Entry[]> {
  const params = { query: { limit } };
  const [interactions, conversions] = await Promise.all([
    api.get('/v1/interactions', { params }),
    api.get('/v1/conversions', { params }),
  ]);
  const entries: Entry[] = [
    ...interactions.data.data.map((fact): Entry => {
      const cells = [fact.channel, fact.direction ?? '', fact.external_interaction_id, fact.customer_id];
      return { type: 'interaction', id: fact.id, at: fact.started_at, fact, cells };
    }),
    ...conversions.data.data.map((fact): Entry => {
      const amount = `${fact.amount_decimal} ${fact.currency}`;
      const cells = [fact.event_type, amount, fact.external_event_id, fact.customer_id];
      return { type: 'conversion', id: fact.id, at: fact.occurred_at, fact, cells };
    }),
  ];
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Answers what was shown so far, as much of it as can come back. */
function show(entries: readonly Entry[], seen: ReadonlySet<string>, output: Output): Set<string> {
  const fresh = entries.filter(({ id }) => !seen.has(id));
  if (fresh.length > 0) output.line(table(fresh.map(({ at, type, cells }) => [at, type, ...cells])));
  for (const { type, fact } of fresh) output.document({ type, ...fact });
  return new Set([...seen].slice(-KEPT).concat(entries.map(({ id }) => id)));
}

/** A fact that is voided may let an older one onto the page again. */
const KEPT = 2000;
