import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { lockPeople } from '../roles/index.ts';
import { requirePerson } from '../users/require-person.ts';
import { updateUser } from '../users/update-user.ts';
import { readUser, type UserView } from '../users/user-view.ts';
import { present } from './preferences.ts';

export interface ProfileFields {
  jobTitle: string | null;
  department: string | null;
  bio: string | null;
  avatarUrl: string | null;
  linkedinUrl: string | null;
  emailSignature: string | null;
}

/** `version` goes up with every change of the user or of the profile. */
export type ProfileView = UserView & ProfileFields;

const NONE: ProfileFields & { version: number } = {
  jobTitle: null,
  department: null,
  bio: null,
  avatarUrl: null,
  linkedinUrl: null,
  emailSignature: null,
  version: 0,
};

async function readProfile(ctx: Ctx, userId: string): Promise<ProfileView> {
  const user = await readUser(ctx, userId);
  const row = await ctx.tx
    .selectFrom('profiles')
    .select([
      'job_title as jobTitle',
      'department',
      'bio',
      'avatar_url as avatarUrl',
      'linkedin_url as linkedinUrl',
      'email_signature as emailSignature',
      'version',
    ])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const { version, ...fields } = row ?? NONE;
  return { ...user, ...fields, version: user.version + version };
}

/** One's own. @throws AppError forbidden `NO_PERSON`. */
export const getProfile = verb(
  { permission: null },
  (ctx, _: undefined): Promise<ProfileView> => readProfile(ctx, requirePerson(ctx)),
);

export interface UpdateProfileInput {
  expectedVersion?: number | undefined;
  changes: { [K in keyof ProfileFields]?: ProfileFields[K] | undefined } & {
    firstName?: string | undefined;
    lastName?: string | null | undefined;
    timezone?: string | null | undefined;
    language?: string | null | undefined;
  };
}

/** Partial, one's own; role, team and e-mail are not one's own to change. @throws AppError forbidden; precondition_failed. */
export const updateProfile = verb(
  { permission: null },
  async (ctx, { expectedVersion, changes }: UpdateProfileInput): Promise<ProfileView> => {
    const userId = requirePerson(ctx);
    await lockPeople(ctx);
    const before = await readProfile(ctx, userId);
    requireVersion(before.version, expectedVersion);
    const { firstName, lastName, timezone, language, ...rest } = changes;
    const own = present({ firstName, lastName, timezone, language });
    if (Object.keys(own).length > 0) await updateUser(ctx, { id: userId, changes: own });
    const given = present(rest);
    if (Object.keys(given).length > 0) {
      const next = { ...before, ...given };
      const values = {
        job_title: next.jobTitle,
        department: next.department,
        bio: next.bio,
        avatar_url: next.avatarUrl,
        linkedin_url: next.linkedinUrl,
        email_signature: next.emailSignature,
      };
      await ctx.tx
        .insertInto('profiles')
        .values({ user_id: userId, ...values })
        .onConflict((clash) => clash.columns(['organization_id', 'user_id']).doUpdateSet(values))
        .execute();
      await audit(ctx, 'profile.update', { entityType: 'user', entityId: userId, after: values });
    }
    return readProfile(ctx, userId);
  },
);
