import type { Db } from '../../schema/db.ts';
import type { GroupVerb } from '../../services/core/group.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { databaseTrouble } from './failures.ts';
import { type UnitOfWork, type UnitOutcome, workOff } from './unit.ts';

export interface GroupsOptions {
  readonly db: Db;
  readonly afterCommit: (commandIds: readonly string[]) => void;
  /** Requests in one transaction at most. */
  readonly maxSize?: number;
  /** Told of the size of each group that is worked off. */
  readonly onGroup?: ((size: number) => void) | undefined;
}

interface Entry {
  readonly unit: UnitOfWork;
  resolve(outcome: UnitOutcome): void;
  reject(error: unknown): void;
}

interface Group {
  readonly verb: GroupVerb<unknown, unknown>;
  readonly waiting: Entry[];
  running: number;
}

export interface Groups {
  /** Answers after the commit of the transaction that the request was part of. */
  submit(operationId: string, verb: GroupVerb<unknown, unknown>, unit: UnitOfWork): Promise<UnitOutcome>;
}

/** While Postgres works on one transaction, this process prepares the next. */
const IN_FLIGHT = 2;

/**
 * Collects concurrent requests of one caller and endpoint: what arrives while a transaction runs makes up the next
 * one. An idle server adds no wait, and a busy one pays one commit for many requests.
 */
export function createGroups({ db, afterCommit, maxSize = 200, onGroup }: GroupsOptions): Groups {
  const groups = new Map<string, Group>();

  /** Starts as many transactions as may run at once; each one that ends makes room for what has come since. */
  function pump(name: string, group: Group): void {
    while (group.running < IN_FLIGHT && group.waiting.length > 0) {
      group.running += 1;
      void settle(group.verb, takeBatch(group.waiting, maxSize)).then(() => {
        group.running -= 1;
        if (group.running === 0 && group.waiting.length === 0) groups.delete(name);
        else pump(name, group);
      });
    }
  }

  async function settle(verb: Group['verb'], entries: readonly Entry[]): Promise<void> {
    const { requestId: _, ...scope } = entries[0]!.unit.scope;
    onGroup?.(entries.length);
    try {
      const { outcomes, commandIds } = await inTransaction(db, scope, async (ctx) => ({
        outcomes: await workOff(
          ctx,
          entries.map((entry) => entry.unit),
          verb.group,
        ),
        commandIds: ctx.commandIds,
      }));
      afterCommit(commandIds);
      for (const [index, entry] of entries.entries()) entry.resolve(outcomes[index]!);
    } catch (error) {
      // One request may have spoilt it for all: each alone shows which. Without a database that would only take time.
      if (entries.length > 1 && databaseTrouble(error) !== 'away') {
        for (const entry of entries) await settle(verb, [entry]);
      } else {
        for (const entry of entries) entry.reject(error);
      }
    }
  }

  return {
    submit(operationId, verb, unit) {
      const { organizationId, principal } = unit.scope;
      const name = `${operationId} ${organizationId} ${principal.id}`;
      const { promise, resolve, reject } = Promise.withResolvers<UnitOutcome>();
      const entry: Entry = { unit, resolve, reject };
      const group = groups.get(name) ?? { verb, waiting: [], running: 0 };
      groups.set(name, group);
      group.waiting.push(entry);
      pump(name, group);
      return promise;
    },
  };
}

/** The oldest entries; a repeated idempotency key stays for the next batch, where it finds the first one's answer. */
function takeBatch(waiting: Entry[], maxSize: number): Entry[] {
  const keys = new Set<string>();
  const batch: Entry[] = [];
  const left: Entry[] = [];
  for (const entry of waiting) {
    const key = entry.unit.claim?.key;
    if (batch.length === maxSize || (key !== undefined && keys.has(key))) {
      left.push(entry);
    } else {
      if (key !== undefined) keys.add(key);
      batch.push(entry);
    }
  }
  waiting.splice(0, waiting.length, ...left);
  return batch;
}
