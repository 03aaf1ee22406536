/** What other wings, the API and setup code may call. */
export { type BulkUsersInput, type BulkUsersView, bulkCreateUsers } from './bulk-users.ts';
export { type CreateUserInput, createUser, type UserFields } from './create-user.ts';
export { deleteUser, removeMember } from './end-user.ts';
export { insertUser, insertUsers, type NewUser } from './insert-users.ts';
export { preparePassword } from './prepare-password.ts';
export { requirePerson } from './require-person.ts';
export { type UserChanges, updateUser } from './update-user.ts';
export { userKind } from './user-kind.ts';
export { getUser, listUsers, readUser, USER_SORTS, type UserView } from './user-view.ts';
