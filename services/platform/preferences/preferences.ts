import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { lockPeople } from '../roles/index.ts';
import { requirePerson } from '../users/require-person.ts';
import { updateUser } from '../users/update-user.ts';

export const EMAIL_FREQUENCIES = ['instant', 'hourly', 'daily', 'weekly'] as const;
export const THEMES = ['light', 'dark'] as const;

export interface PreferencesView {
  emailNotifications: boolean;
  emailFrequency: (typeof EMAIL_FREQUENCIES)[number];
  desktopNotifications: boolean;
  weeklyDigest: boolean;
  theme: (typeof THEMES)[number];
  /** What holds: the person's own, else the organization's. */
  timezone: string;
  language: string;
  /** Goes up with every change of either record. */
  version: number;
}

async function readPreferences(ctx: Ctx, userId: string): Promise<PreferencesView> {
  const { rows } = await sql<PreferencesView>`
    select coalesce(p.email_notifications, true) as "emailNotifications",
      coalesce(p.email_frequency, 'instant') as "emailFrequency",
      coalesce(p.desktop_notifications, true) as "desktopNotifications",
      coalesce(p.weekly_digest, true) as "weeklyDigest", coalesce(p.theme, 'light') as theme,
      coalesce(u.timezone, o.time_zone) as timezone, coalesce(u.language, o.language) as language,
      u.version + coalesce(p.version, 0) as version
    from users u
    join organizations o on o.id = u.organization_id
    left join user_preferences p on p.organization_id = u.organization_id and p.user_id = u.id
    where u.organization_id = ${ctx.organizationId} and u.id = ${userId}`.execute(ctx.tx);
  return rows[0]!;
}

/** One's own. @throws AppError forbidden `NO_PERSON`. */
export const getPreferences = verb(
  { permission: null },
  (ctx, _: undefined): Promise<PreferencesView> => readPreferences(ctx, requirePerson(ctx)),
);

export interface UpdatePreferencesInput {
  expectedVersion?: number | undefined;
  changes: {
    emailNotifications?: boolean | undefined;
    emailFrequency?: PreferencesView['emailFrequency'] | undefined;
    desktopNotifications?: boolean | undefined;
    weeklyDigest?: boolean | undefined;
    theme?: PreferencesView['theme'] | undefined;
    /** Null: the organization's. */
    timezone?: string | null | undefined;
    language?: string | null | undefined;
  };
}

/** Partial, one's own. @throws AppError forbidden `NO_PERSON`; precondition_failed. */
export const updatePreferences = verb(
  { permission: null },
  async (ctx, { expectedVersion, changes }: UpdatePreferencesInput): Promise<PreferencesView> => {
    const userId = requirePerson(ctx);
    await lockPeople(ctx);
    const before = await readPreferences(ctx, userId);
    requireVersion(before.version, expectedVersion);
    const { timezone, language, ...rest } = changes;
    if (timezone !== undefined || language !== undefined) {
      await updateUser(ctx, { id: userId, changes: { timezone, language } });
    }
    const next = { ...before, ...present(rest) };
    const values = {
      email_notifications: next.emailNotifications,
      email_frequency: next.emailFrequency,
      desktop_notifications: next.desktopNotifications,
      weekly_digest: next.weeklyDigest,
      theme: next.theme,
    };
    if (Object.keys(present(rest)).length > 0) {
      await ctx.tx
        .insertInto('user_preferences')
        .values({ user_id: userId, ...values })
        .onConflict((clash) => clash.columns(['organization_id', 'user_id']).doUpdateSet(values))
        .execute();
      await audit(ctx, 'preferences.update', { entityType: 'user', entityId: userId, after: values });
    }
    return readPreferences(ctx, userId);
  },
);

export const present = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
