import { sql } from 'kysely';
import { conflict, invalid, invalidAll } from '../../../domain/core/errors.ts';
import {
  type CadenceSettings,
  DAY_MS,
  DEFAULT_RE_ENROLL_DAYS,
  type StepType,
} from '../../../domain/outreach/cadence.rules.ts';
import type { ContactChannel } from '../../../domain/outreach/contact-policy.rules.ts';
import { audit } from '../../core/audit.ts';
import { startProcesses } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireRecords } from '../../crm/index.ts';
import { refusedContacts } from '../governance/index.ts';
import { readSteps } from './cadence-view.ts';
import { lockCadence } from './change-cadence.ts';
import { type EnrollmentSource, peopleOf, type UnknownPerson } from './enrollment-source.ts';

export interface EnrollInput extends EnrollmentSource {
  id: string;
  /** In whose name; default: the acting person, else the owner of the prospect. */
  userId?: string | null | undefined;
  /** When the first delay begins; default: now. */
  startAt?: Date | undefined;
}

export interface Refusal {
  /** Null: the file names somebody whom nobody knows. */
  prospectId: string | null;
  rule: string;
  message: string;
}

export interface EnrollOutcome {
  enrolled: { id: string; prospectId: string }[];
  refused: Refusal[];
  enrolledCount: number;
  refusedCount: number;
}

/** One request takes so many people; the answer names the first thousand of each kind. */
export const MOST_PEOPLE = 10_000;
const MOST_NAMED = 1_000;

/**
 * Enrolls people once each, in a number of statements that does not depend on theirs. Who is in the cadence already, was
 * in it too recently, or may not be contacted is refused, with the rule.
 * @throws AppError not_found; validation; conflict `CADENCE_INACTIVE`.
 */
export const enroll = verb(
  { permission: 'cadences.edit' },
  async (ctx, { id: cadenceId, userId: givenUser, startAt, ...source }: EnrollInput): Promise<EnrollOutcome> => {
    const { is_active: isActive, settings } = await lockCadence(ctx, cadenceId);
    if (!isActive) {
      throw conflict('CADENCE_INACTIVE', 'The cadence is not active.', {
        hint: `Activate it first: POST /api/v1/cadences/${cadenceId}/activate.`,
      });
    }
    await requireRecords(ctx, { ownerId: givenUser });
    if (startAt && startAt.getTime() > ctx.now.getTime() + 366 * DAY_MS) {
      throw invalid('startAt', 'must be within a year', startAt);
    }
    const { prospectIds, unknown } = await peopleOf(ctx, source);
    if (prospectIds.length > MOST_PEOPLE) {
      throw invalidAll(
        [
          {
            field: 'prospectIds',
            message: `must be at most ${MOST_PEOPLE} people at a time, not ${prospectIds.length}`,
          },
        ],
        'Split the people, for instance by a filter.',
      );
    }
    const userId = givenUser === undefined ? (ctx.principal.userId ?? null) : givenUser;
    const refused: Refusal[] = unknown.map(refusalOfUnknown);
    const rules = await refusalsOf(ctx, { cadenceId, settings, prospectIds, userId });
    for (const [prospectId, refusal] of rules) refused.push({ prospectId, ...refusal });
    const welcome = prospectIds.filter((prospectId) => !rules.has(prospectId));
    const enrolled = await store(ctx, { cadenceId, prospectIds: welcome, userId, since: startAt ?? ctx.now });
    const counts = { enrolledCount: enrolled.length, refusedCount: refused.length };
    await audit(ctx, 'cadence.enroll', { entityType: 'cadence', entityId: cadenceId, after: counts });
    return { enrolled: enrolled.slice(0, MOST_NAMED), refused: refused.slice(0, MOST_NAMED), ...counts };
  },
);

const refusalOfUnknown = ({ line, value }: UnknownPerson): Refusal => ({
  prospectId: null,
  rule: 'unknown',
  message: line === null ? `${value} is no prospect.` : `Line ${line}: ${value || 'an empty line'} is no prospect.`,
});

interface Candidates {
  readonly cadenceId: string;
  readonly settings: CadenceSettings;
  readonly prospectIds: readonly string[];
  readonly userId: string | null;
}

async function refusalsOf(
  ctx: Ctx,
  { cadenceId, settings, prospectIds, userId }: Candidates,
): Promise<Map<string, { rule: string; message: string }>> {
  const refusals = new Map<string, { rule: string; message: string }>();
  const wait = settings.reEnrollAfterDays === undefined ? DEFAULT_RE_ENROLL_DAYS : settings.reEnrollAfterDays;
  const { rows } = await sql<{ prospectId: string; isOpen: boolean; endedAt: Date | null }>`
    select e.prospect_id as "prospectId", bool_or(e.ended_at is null) as "isOpen", max(e.ended_at) as "endedAt"
    from cadence_enrollments e
    where e.organization_id = ${ctx.organizationId} and e.cadence_id = ${cadenceId}
      and e.prospect_id = any(${sql.val([...prospectIds])}::uuid[])
    group by 1`.execute(ctx.tx);
  for (const { prospectId, isOpen, endedAt } of rows) {
    if (isOpen) refusals.set(prospectId, { rule: 'already_enrolled', message: 'The person is in this cadence.' });
    else if (wait === null) {
      refusals.set(prospectId, { rule: 're_enrollment', message: 'The cadence takes nobody a second time.' });
    } else if (endedAt !== null && endedAt.getTime() + wait * DAY_MS > ctx.now.getTime()) {
      const message = `The person left this cadence less than ${wait} days ago.`;
      refusals.set(prospectId, { rule: 're_enrollment', message });
    }
  }
  const channel = firstChannel((await readSteps(ctx, cadenceId)).map(({ type }) => type));
  const contacts = await refusedContacts(ctx, { prospectIds, channel, purpose: 'sequence', userId });
  for (const [prospectId, decision] of contacts) {
    if (!refusals.has(prospectId)) refusals.set(prospectId, { rule: decision.rule!, message: decision.message });
  }
  return refusals;
}

/** How the cadence first reaches a person; a mere task asks what an e-mail would. */
const firstChannel = (types: readonly StepType[]): ContactChannel =>
  types.find((type): type is ContactChannel => type !== 'task') ?? 'email';

async function store(
  ctx: Ctx,
  input: { cadenceId: string; prospectIds: readonly string[]; userId: string | null; since: Date },
): Promise<{ id: string; prospectId: string }[]> {
  if (input.prospectIds.length === 0) return [];
  const { rows } = await sql<{ id: string; prospectId: string }>`
    insert into cadence_enrollments (cadence_id, prospect_id, user_id, enrolled_by, enrolled_at, since)
    select ${input.cadenceId}::uuid, p.id, coalesce(${input.userId}::uuid, p.owner_id), ${ctx.principal.userId ?? null}::uuid,
           ${ctx.now}, ${input.since}
    from unnest(${sql.val([...input.prospectIds])}::uuid[]) with ordinality given(id, place)
    join prospects p on p.organization_id = ${ctx.organizationId} and p.id = given.id
    order by given.place
    returning id, prospect_id as "prospectId"`.execute(ctx.tx);
  await startProcesses(
    ctx,
    'enrollment',
    rows.map(({ id }) => ({
      target: { entityId: id },
      input: { organizationId: ctx.organizationId, enrollmentId: id },
    })),
  );
  return rows;
}
