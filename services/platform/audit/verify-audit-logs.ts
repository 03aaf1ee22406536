import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { contentHash, entryHash, genesisHash, HASHED_COLUMNS, type HashedRow, sealHash } from './chain.ts';

export type AuditProblemKind =
  | 'row_changed'
  | 'row_removed'
  | 'seal_removed'
  | 'chain_broken'
  | 'head_mismatch'
  | 'row_without_seal'
  | 'known_hash_mismatch';

export interface AuditProblem {
  kind: AuditProblemKind;
  sequence: number | null;
  auditLogId: string | null;
  message: string;
}

export interface AuditVerification {
  valid: boolean;
  checked: number;
  /** Sealed rows whose contents were erased: that they existed is proven, what they said is gone. */
  erased: number;
  /** Rows of the last seconds, which no seal protects yet. */
  unsealed: number;
  /** Note both: a later call with them proves that nothing up to here was rewritten. */
  head: { sequence: number; hash: string } | null;
  problems: AuditProblem[];
  /** Where the next call goes on; null when the end was reached. */
  nextSequence: number | null;
}

export interface VerifyAuditInput {
  fromSequence: number;
  limit: number;
  /** Head of an earlier verification. */
  knownSequence?: number | undefined;
  knownHash?: string | undefined;
}

const BATCH = 5_000;
const MOST_PROBLEMS = 100;

type SealRow = HashedRow & {
  sequence: number;
  auditLogId: string;
  contentHash: Uint8Array;
  entryHash: Uint8Array;
  hash: Uint8Array;
  rowSequence: number | null;
  salt: Uint8Array | null;
  erased: boolean;
};

/** Recomputes the chain and compares it with seals, rows and head. @throws AppError validation. */
export const verifyAuditLogs = verb(
  { permission: 'audit.view' },
  async (ctx, input: VerifyAuditInput): Promise<AuditVerification> => {
    if ((input.knownSequence === undefined) !== (input.knownHash === undefined)) {
      throw invalid('knownHash', 'goes together with knownSequence');
    }
    const last = input.fromSequence + input.limit - 1;
    // First of all, in one statement: what is sealed from now on lies beyond `newest` and does not matter.
    const { head, newest, unsealed, orphans, known } = await readEnds(ctx, input.knownSequence);
    const checker = new ChainChecker(ctx.organizationId, await hashBefore(ctx, input.fromSequence), input.fromSequence);
    for (let from = input.fromSequence; from <= Math.min(last, newest); from += BATCH) {
      for (const seal of await readSeals(ctx, from, Math.min(last, newest, from + BATCH - 1))) checker.check(seal);
    }
    const isLast = newest <= last;
    if (isLast) checker.checkHead(head);
    if (input.knownHash !== undefined && known !== input.knownHash.toLowerCase()) {
      checker.add(
        'known_hash_mismatch',
        input.knownSequence!,
        null,
        'The seal that was noted earlier is another one now.',
      );
    }
    for (const { id, sequence } of orphans) {
      checker.add('row_without_seal', sequence, id, 'The row claims a place in the chain that it does not have.');
    }
    const { problems, checked, erased } = checker;
    return {
      valid: problems.length === 0,
      checked,
      erased,
      unsealed,
      head: head && { sequence: head.sequence, hash: head.hash },
      problems,
      nextSequence: isLast ? null : last + 1,
    };
  },
);

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

class ChainChecker {
  readonly problems: AuditProblem[] = [];
  checked = 0;
  erased = 0;
  #previous: Uint8Array | null;
  #expected: number;

  constructor(organizationId: string, previous: Uint8Array | null, from: number) {
    this.#previous = from === 1 ? genesisHash(organizationId) : previous;
    this.#expected = from;
  }

  add(kind: AuditProblemKind, sequence: number | null, auditLogId: string | null, message: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ kind, sequence, auditLogId, message });
  }

  check(seal: SealRow): void {
    const { sequence, auditLogId } = seal;
    this.checked++;
    if (sequence !== this.#expected) {
      const missing = sequence - this.#expected;
      this.add('seal_removed', this.#expected, null, `${missing} seal${missing > 1 ? 's are' : ' is'} missing here.`);
    } else if (this.#previous && !isSame(sealHash(sequence, this.#previous, seal.entryHash), seal.hash)) {
      this.add('chain_broken', sequence, auditLogId, 'The seal does not follow from the one before it.');
    }
    this.#previous = seal.hash;
    this.#expected = sequence + 1;
    this.#checkRow(seal);
  }

  #checkRow(seal: SealRow): void {
    const { sequence, auditLogId } = seal;
    if (seal.id === null) {
      this.add('row_removed', sequence, auditLogId, 'The row of this seal is gone.');
      return;
    }
    if (seal.erased) this.erased++;
    const content = seal.erased ? seal.contentHash : seal.salt && contentHash(seal.salt, seal);
    const isWhole =
      content !== null && isSame(content, seal.contentHash) && isSame(entryHash(seal, content), seal.entryHash);
    const isInPlace = seal.rowSequence === sequence;
    const isEmptied = !seal.erased || (seal.before === null && seal.after === null);
    if (!isWhole || !isInPlace || !isEmptied) {
      this.add('row_changed', sequence, auditLogId, 'The row is not what was sealed.');
    }
  }

  checkHead(head: { sequence: number; hash: string } | null): void {
    const last = this.#expected - 1;
    const isFresh = head === null && last === 0;
    if (isFresh || (head?.sequence === last && this.#previous && hexOf(this.#previous) === head.hash)) return;
    this.add('head_mismatch', last, null, `The chain ends at ${last}, its head says ${head?.sequence ?? 'nothing'}.`);
  }
}

async function readSeals(ctx: Ctx, from: number, to: number): Promise<SealRow[]> {
  const { rows } = await sql<SealRow>`
    select s.sequence, s.audit_log_id as "auditLogId", s.content_hash as "contentHash", s.entry_hash as "entryHash",
           s.hash, a.seal_sequence as "rowSequence", a.salt, a.erased_at is not null as erased, ${HASHED_COLUMNS}
    from audit_seals s
    left join audit_logs a on a.organization_id = s.organization_id and a.id = s.audit_log_id
    where s.organization_id = ${ctx.organizationId} and s.sequence between ${from}::bigint and ${to}::bigint
    order by s.sequence`.execute(ctx.tx);
  return rows;
}

/** Of the seal that a part of the chain begins after; null when it is not there. */
async function hashBefore(ctx: Ctx, sequence: number): Promise<Uint8Array | null> {
  const row = await ctx.tx
    .selectFrom('audit_seals')
    .select('hash')
    .where('sequence', '=', sequence - 1)
    .executeTakeFirst();
  return row?.hash ?? null;
}

interface Ends {
  head: { sequence: number; hash: string } | null;
  unsealed: number;
  orphans: { id: string; sequence: number }[];
  known: string | null;
  newest: number;
}

async function readEnds(ctx: Ctx, known: number | undefined): Promise<Ends> {
  const { rows } = await sql<Ends>`
    select (
        select jsonb_build_object('sequence', h.sequence, 'hash', encode(h.hash, 'hex')) from audit_seal_heads h
        where h.organization_id = ${ctx.organizationId}) as head,
      (select count(*) from audit_logs a
       where a.organization_id = ${ctx.organizationId} and a.seal_sequence is null) as unsealed,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'sequence', o.seal_sequence))
        from (
          select a.id, a.seal_sequence from audit_logs a
          where a.organization_id = ${ctx.organizationId} and a.seal_sequence is not null and not exists (
            select from audit_seals s
            where s.organization_id = a.organization_id and s.audit_log_id = a.id)
          limit ${MOST_PROBLEMS}::integer) o), '[]') as orphans,
      (select encode(s.hash, 'hex') from audit_seals s
       where s.organization_id = ${ctx.organizationId} and s.sequence = ${known ?? null}::bigint) as known,
      (select coalesce(max(s.sequence), 0) from audit_seals s where s.organization_id = ${ctx.organizationId}) as newest`.execute(
    ctx.tx,
  );
  return rows[0]!;
}
