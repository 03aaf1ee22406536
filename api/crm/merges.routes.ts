import { z } from 'zod';
import { mergeAccounts, mergeProspects, undoAccountMerge, undoProspectMerge } from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, timestamp } from '../http/schemas.ts';
import { AccountWithProfile } from './accounts.routes.ts';
import { Prospect } from './prospects.dto.ts';

const face = 'b' as const;
const params = z.strictObject({ id: id() });
const mergeParams = z.strictObject({ mergeId: id() });
const body = z.strictObject({ sourceId: id().describe('Merged into the record of the path, then deleted') });
const counts = () => z.record(z.string(), z.int());

const merged = {
  mergeId: id(),
  sourceId: id(),
  targetId: id(),
  moved: counts().describe('How many rows of each kind name the target now'),
  filled: z.array(z.string()).describe('Fields that the target lacked and took over'),
};
const undone = {
  mergeId: id(),
  sourceId: id(),
  targetId: id(),
  restored: counts().describe('How many rows of each kind went back'),
  kept: z
    .strictObject({ fields: z.array(z.string()), records: counts() })
    .describe('Changed since the merge: stays as it is'),
  undoneAt: timestamp(),
};
const MERGE_NOTE =
  'The record of the path keeps its own values and takes over what it lacks; activities, calls, meetings, tasks and all else that names the source names it from now on; the persons behind both become one. The source is deleted until the merge is undone.';
const UNDO_NOTE =
  'Puts back what the merge moved and took over, where it still is as the merge left it. Later edits stay and are named in kept.';

export const mergeProspectsEndpoint = defineEndpoint({
  operationId: 'mergeProspects',
  face,
  method: 'post',
  path: '/prospects/{id}/merge',
  tag: 'prospects',
  summary: 'Merge two prospects',
  description: MERGE_NOTE,
  errors: [404],
  params,
  body,
  response: z.strictObject({ ...merged, prospect: Prospect }).meta({ id: 'ProspectMerge' }),
  verb: mergeProspects,
  shownBy: { operation: 'listProspects' },
  examples: [{ name: 'Twice the same', body: { sourceId: '{{createProspect[A name alone].id}}' } }],
  input: ({ params: given, body: { sourceId } }) => ({ ...given, sourceId }),
});

export const undoProspectMergeEndpoint = defineEndpoint({
  operationId: 'undoProspectMerge',
  face,
  method: 'post',
  path: '/prospects/merges/{mergeId}/undo',
  tag: 'prospects',
  summary: 'Undo a merge of prospects',
  description: UNDO_NOTE,
  errors: [404, 409],
  params: mergeParams,
  response: z
    .strictObject({ ...undone, prospect: Prospect.describe('The source, back again') })
    .meta({ id: 'ProspectUnmerge' }),
  verb: undoProspectMerge,
  shownBy: { operation: 'listProspects' },
  examples: [{ name: 'A merge', params: { mergeId: '{{mergeProspects.mergeId}}' } }],
  input: ({ params: given }) => given,
});

export const mergeAccountsEndpoint = defineEndpoint({
  operationId: 'mergeAccounts',
  face,
  method: 'post',
  path: '/accounts/{id}/merge',
  tag: 'accounts',
  summary: 'Merge two accounts',
  description: `${MERGE_NOTE} An account that stood below the source takes its place in the tree.`,
  errors: [404],
  params,
  body,
  response: z.strictObject({ ...merged, account: AccountWithProfile }).meta({ id: 'AccountMerge' }),
  verb: mergeAccounts,
  shownBy: { operation: 'listAccounts' },
  examples: [{ name: 'Twice the same', body: { sourceId: '{{createAccount[Another company].id}}' } }],
  input: ({ params: given, body: { sourceId } }) => ({ ...given, sourceId }),
});

export const undoAccountMergeEndpoint = defineEndpoint({
  operationId: 'undoAccountMerge',
  face,
  method: 'post',
  path: '/accounts/merges/{mergeId}/undo',
  tag: 'accounts',
  summary: 'Undo a merge of accounts',
  description: UNDO_NOTE,
  errors: [404, 409],
  params: mergeParams,
  response: z
    .strictObject({ ...undone, account: AccountWithProfile.describe('The source, back again') })
    .meta({ id: 'AccountUnmerge' }),
  verb: undoAccountMerge,
  shownBy: { operation: 'listAccounts' },
  examples: [{ name: 'A merge', params: { mergeId: '{{mergeAccounts.mergeId}}' } }],
  input: ({ params: given }) => given,
});
