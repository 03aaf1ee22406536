import { sql } from 'kysely';
import { AppError, conflict, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { INTENT_SIGNAL_TYPES, type IntentSignalType } from '../../../domain/crm/intent.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type GroupOutcome, groupVerb } from '../../core/group.ts';
import { uuidv7 } from '../../core/ids.ts';
import { keptOf } from '../../platform/imports/index.ts';
import { actingUser } from '../activities/log-activity.ts';
import { type IntentChange, refreshTouched, type Touched } from './refresh-intent.ts';
import { type SignalView, signalColumns } from './signal-view.ts';

/** A sign of interest of a person, or of a company as a whole. */
export interface SignalInput {
  type: IntentSignalType;
  /** One of the two. */
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  /** 1 to 100; default: what the type is worth. */
  strength?: number | undefined;
  /** What told it: `api`, `email`, `linkedin`, the name of a provider. Default: `api`. */
  source?: string | undefined;
  /** What it was made of, unique per organization: the same again changes nothing. */
  sourceKey?: string | null | undefined;
  topic?: string | null | undefined;
  title?: string | null | undefined;
  url?: string | null | undefined;
  data?: Record<string, unknown> | undefined;
  /** Default: now. */
  occurredAt?: Date | undefined;
  /** Default: by the type. */
  expiresAt?: Date | undefined;
}

export interface RecordedSignals {
  /** New ones; those whose source was recorded before are not among them. */
  signals: SignalView[];
  prospects: IntentChange[];
  accounts: IntentChange[];
}

/** Clocks of others may be ahead by so much. */
const MOST_AHEAD_MS = 300_000;
const DAY_MS = 86_400_000;

interface SignalRow {
  id: string;
  type: IntentSignalType;
  prospect_id: string | null;
  account_id: string | null;
  strength: number;
  half_life_days: number;
  source: string;
  source_key: string | null;
  topic: string | null;
  title: string | null;
  url: string | null;
  data: Record<string, unknown>;
  occurred_at: Date;
  expires_at: Date;
}

function toRow(input: SignalInput, now: Date): SignalRow {
  const rule = INTENT_SIGNAL_TYPES[input.type];
  const occurredAt = input.occurredAt ?? now;
  return {
    id: uuidv7(),
    type: input.type,
    prospect_id: input.prospectId ?? null,
    // The company of a person is read from the person.
    account_id: input.prospectId ? null : (input.accountId ?? null),
    strength: input.strength ?? rule.strength,
    half_life_days: rule.halfLifeDays,
    source: input.source ?? 'api',
    source_key: input.sourceKey ?? null,
    topic: input.topic ?? null,
    title: input.title ?? null,
    url: input.url ?? null,
    data: input.data ?? {},
    occurred_at: occurredAt,
    expires_at: input.expiresAt ?? new Date(occurredAt.getTime() + rule.lifeDays * DAY_MS),
  };
}

function issuesOf(input: SignalInput, known: ReadonlySet<string>, now: Date): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const add = (field: string, message: string, value?: unknown) => issues.push({ field, message, value });
  if (!input.prospectId && !input.accountId) add('prospectId', 'is required when no accountId is given');
  if (input.prospectId && !known.has(input.prospectId)) add('prospectId', 'does not exist', input.prospectId);
  if (input.accountId && !known.has(input.accountId)) add('accountId', 'does not exist', input.accountId);
  const occurredAt = input.occurredAt ?? now;
  if (occurredAt.getTime() > now.getTime() + MOST_AHEAD_MS) {
    add('occurredAt', 'lies ahead', occurredAt.toISOString());
  }
  if (input.expiresAt && input.expiresAt <= occurredAt) {
    add('expiresAt', 'must be after occurredAt', input.expiresAt.toISOString());
  }
  return issues;
}

/** Those of the named people and companies that are there. */
async function knownSubjects(ctx: Ctx, inputs: readonly SignalInput[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from prospects
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and id = any(${sql.val(inputs.flatMap((input) => input.prospectId ?? []))}::uuid[])
    union all
    select id from accounts
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and id = any(${sql.val(inputs.flatMap((input) => input.accountId ?? []))}::uuid[])`.execute(ctx.tx);
  return new Set(rows.map((row) => row.id));
}

async function store(ctx: Ctx, rows: readonly SignalRow[]): Promise<RecordedSignals> {
  const { rows: signals } = await sql<SignalView>`
    insert into intent_signals as s (id, type, prospect_id, account_id, strength, half_life_days, source, source_key, topic,
                                title, url, data, occurred_at, expires_at, recorded_by)
    select id, type, prospect_id, account_id, strength, half_life_days, source, source_key, topic, title, url, data,
           -- A clock that is ahead a little must not hide the signal until then.
           least(occurred_at, ${ctx.now}::timestamptz), expires_at, ${actingUser(ctx)}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, type text, prospect_id uuid, account_id uuid, strength integer, half_life_days double precision,
      source text, source_key text, topic text, title text, url text, data jsonb, occurred_at timestamptz,
      expires_at timestamptz)
    order by source_key, id
    on conflict (organization_id, source_key) where source_key is not null do nothing
    returning ${signalColumns}`.execute(ctx.tx);
  return { signals, ...(await refreshTouched(ctx, signals)) };
}

/**
 * Records signals and brings the scores of their people and companies up to date, in one transaction. For reactions and
 * other wings: a signal of somebody who is gone meanwhile is passed over, and so is one whose `sourceKey` is known.
 */
export const recordSignals = verb(
  { permission: 'intent.edit' },
  async (ctx, inputs: readonly SignalInput[]): Promise<RecordedSignals> => {
    const known = inputs.length === 0 ? new Set<string>() : await knownSubjects(ctx, inputs);
    const sound = inputs.filter((input) => issuesOf(input, known, ctx.now).length === 0);
    return store(
      ctx,
      sound.map((input) => toRow(input, ctx.now)),
    );
  },
);

export interface RecordedSignal extends SignalView {
  /** What became of the score of its person or company; null: it was too weak, or is over already. */
  effect: IntentChange | null;
}

/** Each signal for itself. Refusals: validation; conflict `DUPLICATE_SIGNAL` (`details.existingId`). */
export const recordSignal = groupVerb(
  { permission: 'intent.edit' },
  async (ctx, inputs: readonly SignalInput[]): Promise<GroupOutcome<RecordedSignal>[]> => {
    const known = await knownSubjects(ctx, inputs);
    const keys = new Map(await existingKeys(ctx, inputs));
    const checked = inputs.map((input): SignalRow | AppError => {
      const issues = issuesOf(input, known, ctx.now);
      if (issues.length > 0) return invalidAll(issues);
      const row = toRow(input, ctx.now);
      if (row.source_key === null) return row;
      const existingId = keys.get(row.source_key);
      if (existingId !== undefined) return duplicate(row.source_key, existingId);
      keys.set(row.source_key, row.id);
      return row;
    });
    const { signals, prospects, accounts } = await store(
      ctx,
      checked.filter((row): row is SignalRow => !(row instanceof AppError)),
    );
    const stored = new Map(signals.map((signal) => [signal.id, signal]));
    // Somebody else has just recorded the same.
    const isLost = checked.some((row) => !(row instanceof AppError) && !stored.has(row.id));
    const winners = new Map(isLost ? await existingKeys(ctx, inputs) : []);
    const changes = new Map([...prospects, ...accounts].map((change) => [change.id, change]));
    return checked.map((row) => {
      if (row instanceof AppError) return { ok: false, error: row };
      const signal = stored.get(row.id);
      if (!signal) return { ok: false, error: duplicate(row.source_key!, winners.get(row.source_key!)!) };
      return { ok: true, value: { ...signal, effect: changes.get(row.prospect_id ?? row.account_id!) ?? null } };
    });
  },
);

const duplicate = (sourceKey: string, existingId: string): AppError =>
  conflict('DUPLICATE_SIGNAL', 'A signal of this source was recorded before.', {
    issues: [{ field: 'sourceKey', message: 'was recorded before', value: sourceKey }],
    details: { existingId },
    hint: 'Nothing was changed. A signal that happens again has a source key of its own, or none.',
  });

async function existingKeys(ctx: Ctx, inputs: readonly SignalInput[]): Promise<[string, string][]> {
  const keys = inputs.flatMap(({ sourceKey }) => sourceKey ?? []);
  if (keys.length === 0) return [];
  const { rows } = await sql<{ id: string; key: string }>`
    select id, source_key as key from intent_signals
    where organization_id = ${ctx.organizationId} and source_key = any(${sql.val(keys)}::text[])`.execute(ctx.tx);
  return rows.map((row) => [row.key, row.id]);
}

/** Takes back signals that nobody has changed since, as an upload recorded them. @returns how many stay. */
export async function withdrawSignals(
  ctx: Ctx,
  records: readonly { id: string; version: number }[],
): Promise<string[]> {
  const { rows } = await sql<Touched & { id: string }>`
    delete from intent_signals s
    using unnest(${sql.val(records.map((record) => record.id))}::uuid[],
                 ${sql.val(records.map((record) => record.version))}::integer[]) as record(id, version)
    where s.organization_id = ${ctx.organizationId} and s.id = record.id and s.version = record.version
    returning s.id, s.prospect_id as "prospectId", s.account_id as "accountId"`.execute(ctx.tx);
  await refreshTouched(ctx, rows);
  return keptOf(records, rows);
}
