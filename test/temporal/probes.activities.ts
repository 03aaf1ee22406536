import { appendFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import postgres from 'postgres';
import { activityNow } from '../../activities/core/clock.ts';
import { withHeartbeat } from '../../activities/core/heartbeat.ts';
import { AppError } from '../../domain/core/errors.ts';

export interface ProbeActivities {
  probeEcho(value: string): Promise<string>;
  probeThrow(kind: string): Promise<void>;
  /** `value` = `<milliseconds>|<file>`: one line per start and end is appended to the file. */
  probeSlow(value: string): Promise<string>;
  probeNow(): Promise<string>;
}

/** A person that must not be found in any history. */
export const PERSON = { name: 'Jane Roe', email: 'jane.roe@customer.example', phone: '+49 151 2345678' } as const;

const THROWERS: Record<string, () => Error> = {
  plain: () => new Error(`could not mail "${PERSON.name}" <${PERSON.email}>, phone ${PERSON.phone}`),
  cause: () => new Error('the send failed', { cause: new Error(`rejected: ${PERSON.email}`) }),
  app: () =>
    new AppError('validation', 'EMAIL_INVALID', `"${PERSON.email}" is not an address.`, {
      issues: [{ field: 'email', message: 'is not an address', value: PERSON.email }],
    }),
  unavailable: () => new AppError('unavailable', 'MODEL_AWAY', 'The model does not answer.'),
  postgres: () =>
    Object.assign(
      new (postgres as unknown as { PostgresError: new (fields: object) => Error }).PostgresError({
        message: `duplicate key value violates unique constraint "users_email_key"`,
      }),
      {
        severity: 'ERROR',
        code: '23505',
        table_name: 'users',
        constraint_name: 'users_email_key',
        detail: `Key (name, email)=(${PERSON.name}, ${PERSON.email}) already exists.`,
        where: `COPY users, line 3: "${PERSON.name}"`,
      },
    ),
  invalidText: () =>
    Object.assign(new Error(`invalid input syntax for type uuid: "${PERSON.name}"`), {
      severity: 'ERROR',
      code: '22P02',
    }),
};

export const probeActivities: ProbeActivities = {
  async probeEcho(value) {
    return value;
  },
  async probeThrow(kind) {
    throw THROWERS[kind]!();
  },
  async probeSlow(value) {
    const [ms, file] = value.split('|') as [string, string];
    const { attempt } = Context.current().info;
    return withHeartbeat(async ({ signal, progress, resumeFrom }) => {
      await appendFile(file, `start ${attempt} from ${resumeFrom ?? 'the beginning'}\n`);
      progress('half-way');
      // Only the first attempt is slow: the repeated one stands for the work that is left.
      await wait(attempt === 1 ? Number(ms) : 10, undefined, { signal });
      await appendFile(file, `end ${attempt}\n`);
      return `attempt ${attempt}`;
    }, 500);
  },
  async probeNow() {
    return activityNow().toISOString();
  },
};
