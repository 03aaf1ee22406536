import type { Fact } from '../../../domain/agent/fact.rules.ts';
import { checkDraft, type Draft, type DraftReason, draftBody } from '../../../domain/agent/grounding.rules.ts';
import { letterPrompt, letterTextPrompt } from '../../../domain/agent/letter.input.ts';
import {
  LETTER_LANGUAGES,
  LETTER_STRATEGIES,
  type LetterInput,
  type LetterLanguage,
  type LetterLength,
  type LetterPurpose,
  type LetterStrategy,
  type LetterTone,
  STRATEGY_REASONS,
} from '../../../domain/agent/letter.rules.ts';
import { properName } from '../../../domain/agent/prompt.input.ts';
import type { Db } from '../../../schema/db.ts';
import { type Ctx, requirePermission, type Scope, verb } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { gatherFacts } from '../facts/gather-facts.ts';
import type { ModelAnswer, ModelGateway } from '../gateway/index.ts';
import { readGoodSubjects } from './best-performers.ts';

export interface WriteInput {
  prospectId?: string | undefined;
  purpose: LetterPurpose;
  tone: LetterTone;
  length: LetterLength;
  language?: LetterLanguage | undefined;
  /** Statements of the caller: what the letter may also say. */
  keyPoints: readonly string[];
  model?: string | undefined;
}

export interface WrittenLetter {
  readonly subject: string;
  readonly body: string;
  readonly sentences: Draft['sentences'];
  /** What the sentences rest on, with its source. */
  readonly evidence: readonly Fact[];
  readonly grounded: boolean;
  readonly reasons: readonly DraftReason[];
  readonly strategy: LetterStrategy;
  readonly rationale: string;
  readonly language: LetterLanguage;
  readonly model: string;
  readonly provider: string;
  readonly promptVersion: string;
  readonly callId: string;
  readonly costUsd: number | null;
}

export interface WriterDeps {
  readonly db: Db;
  readonly models: ModelGateway;
}

/** What the model is told, read in one transaction before it is asked. @throws AppError not_found; forbidden. */
async function contextOf({ db }: WriterDeps, scope: Scope, input: WriteInput): Promise<Omit<LetterInput, 'strategy'>> {
  return inTransaction(
    db,
    scope,
    async (ctx) => {
      const given = input.keyPoints.map((statement, index) => givenFact(statement, index));
      const sender = await readSender(ctx);
      const common = { ...pick(input), sender, questions: [], goodSubjects: await readGoodSubjects(ctx) };
      if (input.prospectId === undefined) {
        const language = input.language ?? 'en';
        return { ...common, language, recipient: { firstName: null, company: null }, facts: given };
      }
      requirePermission(ctx.principal, 'prospects.view');
      const { subject, facts } = await gatherFacts(ctx, input.prospectId);
      return {
        ...common,
        language: input.language ?? languageOf(subject.language),
        recipient: { firstName: properName(subject.firstName), company: subject.company },
        facts: [...facts, ...given],
      };
    },
    { readOnly: true },
  );
}

const pick = ({ purpose, tone, length }: WriteInput) => ({ purpose, tone, length });

/** The language of a record where letters can be written in it, else English. */
export const languageOf = (language: string | null): LetterLanguage =>
  LETTER_LANGUAGES.find((known) => known === language?.slice(0, 2).toLowerCase()) ?? 'en';

const givenFact = (statement: string, index: number): Fact => ({
  id: `given:${index + 1}`,
  kind: 'given',
  text: statement,
  values: { statement },
  source: { type: 'caller', id: null },
  observedAt: null,
  confidence: 1,
});

export async function readSender(ctx: Ctx): Promise<LetterInput['sender']> {
  const organization = await ctx.tx
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  const userId = ctx.principal.userId;
  const user = userId
    ? await ctx.tx
        .selectFrom('users')
        .select(['first_name', 'last_name'])
        .where('organization_id', '=', ctx.organizationId)
        .where('id', '=', userId)
        .executeTakeFirst()
    : undefined;
  const name = [user?.first_name, user?.last_name].filter(Boolean).join(' ');
  return { name: name || organization.name, company: organization.name };
}

/** Never inside a transaction. @throws AppError as `ModelGateway.ask`; not_found; forbidden. */
export async function writeLetter(deps: WriterDeps, scope: Scope, input: WriteInput): Promise<WrittenLetter> {
  const context = await contextOf(deps, scope, input);
  return write(deps, scope, input, { ...context, strategy: 'observation' });
}

/** As many strategies as asked for, each with the reason for it. */
export async function writeVariants(
  deps: WriterDeps,
  scope: Scope,
  input: WriteInput & { count: number },
): Promise<WrittenLetter[]> {
  const context = await contextOf(deps, scope, input);
  const strategies = LETTER_STRATEGIES.slice(0, input.count);
  return Promise.all(strategies.map((strategy) => write(deps, scope, input, { ...context, strategy })));
}

async function write(deps: WriterDeps, scope: Scope, input: WriteInput, letter: LetterInput): Promise<WrittenLetter> {
  const answer = await deps.models.ask(scope, letterPrompt, letter, {
    prospectId: input.prospectId ?? null,
    model: input.model,
  });
  return toLetter(letter, answer);
}

/** Texts stay as the model wrote them; the checker only says what is wrong with them. */
export function toLetter(letter: LetterInput, answer: ModelAnswer<Draft>): WrittenLetter {
  const { output: draft, costMicros, ...origin } = answer;
  const reasons = checkDraft(draft, {
    facts: letter.facts,
    allowedHosts: [],
    ...namesOf(letter),
    language: letter.language,
  });
  const cited = new Set(draft.sentences.flatMap(({ evidence }) => evidence));
  return {
    subject: draft.subject,
    body: draftBody(draft),
    sentences: draft.sentences,
    evidence: letter.facts.filter(({ id }) => cited.has(id)),
    grounded: reasons.length === 0,
    reasons,
    strategy: letter.strategy,
    rationale: STRATEGY_REASONS[letter.strategy],
    language: letter.language,
    ...origin,
    costUsd: costMicros === null ? null : costMicros / 1_000_000,
  };
}

/** The names that a letter may hold without evidence, and those that may sign it. */
export const namesOf = ({ recipient, sender }: Pick<LetterInput, 'recipient' | 'sender'>) => ({
  knownNames: [recipient.firstName, recipient.company, sender.name, sender.company].filter((name) => name !== null),
  signatures: [sender.name, sender.company],
});

export interface Preview {
  readonly text: string;
  readonly isComplete: boolean;
  /** Code of what went wrong; the text ends there. */
  readonly error: string | null;
  readonly model: string | null;
}

/** A letter that is being written; `read` says how far it is. `stop` gives it up. */
export interface OpenPreview {
  read(): Preview;
  stop(): void;
}

/** Begins to write and does not wait. @throws AppError not_found; forbidden, before anything is asked. */
export async function startPreview(deps: WriterDeps, scope: Scope, input: WriteInput): Promise<OpenPreview> {
  const letter: LetterInput = { ...(await contextOf(deps, scope, input)), strategy: 'observation' };
  const abort = new AbortController();
  let state: Preview = { text: '', isComplete: false, error: null, model: null };
  deps.models
    .ask(scope, letterTextPrompt, letter, {
      prospectId: input.prospectId ?? null,
      model: input.model,
      signal: abort.signal,
      onText: (piece) => {
        state = { ...state, text: state.text + piece };
      },
    })
    .then(
      ({ output, model }) => {
        state = { text: output, isComplete: true, error: null, model };
      },
      (error: { code?: unknown }) => {
        const code = typeof error.code === 'string' ? error.code : 'MODEL_UNAVAILABLE';
        state = { ...state, isComplete: true, error: code };
      },
    );
  return { read: () => state, stop: () => abort.abort() };
}

/** What was written outside of the transaction, handed on by it. */
export const keepLetter = verb(
  { permission: 'ai.edit' },
  async (_ctx: Ctx, written: WrittenLetter): Promise<WrittenLetter> => written,
);
export const keepVariants = verb(
  { permission: 'ai.edit' },
  async (_ctx: Ctx, variants: readonly WrittenLetter[]): Promise<{ variants: readonly WrittenLetter[] }> => ({
    variants,
  }),
);
export const readPreview = verb({ permission: 'ai.edit' }, async (_ctx: Ctx, preview: OpenPreview) => preview.read());
