import type { EventDefinition } from '../../core/events.ts';
import { type Reaction, reaction, reactionToMany } from '../../core/relay.ts';
import * as crm from '../../crm/index.ts';
import type { LocalEntity } from '../entities/entity.ts';
import { pushChanges } from './push-changes.ts';

type Table = LocalEntity['table'];
type Changed = EventDefinition<{ id: string }>;
type Moved = EventDefinition<{ sourceId: string; targetId: string }>;

const CHANGES: Readonly<Record<Table, readonly Changed[]>> = {
  prospects: [crm.prospectCreated, crm.prospectUpdated, crm.prospectDeleted, crm.prospectRestored],
  accounts: [crm.accountCreated, crm.accountUpdated, crm.accountDeleted, crm.accountRestored],
  deals: [crm.dealCreated, crm.dealUpdated, crm.dealDeleted],
  activities: [crm.activityLogged, crm.activityChanged],
};

const MERGES: readonly (readonly [Table, readonly Moved[]])[] = [
  ['prospects', [crm.prospectMerged, crm.prospectUnmerged]],
  ['accounts', [crm.accountMerged, crm.accountUnmerged]],
];

/** An update names what has changed; what a mapping does not name asks for nothing. */
const fieldsOf = (events: readonly { data: object }[]): string[] | undefined => {
  const named = events.map(({ data }) => (data as { fields?: string[] }).fields);
  return named.includes(undefined) ? undefined : named.flatMap((fields) => fields!);
};

/** What people change goes out to whom it is kept in line with. */
export const CHANGE_REACTIONS: readonly Reaction[] = [
  ...Object.entries(CHANGES).flatMap(([table, events]) =>
    events.map((event) =>
      reactionToMany(`integrations.push.${event.type}`, event, (ctx, told) => {
        const fields = fieldsOf(told);
        const ids = told.map(({ data }) => data.id);
        return pushChanges(ctx, { table: table as Table, ids, ...(fields ? { fields } : {}) });
      }),
    ),
  ),
  ...MERGES.flatMap(([table, events]) =>
    events.map((event) =>
      reaction(`integrations.push.${event.type}`, event, (ctx, { data: { sourceId, targetId } }) =>
        pushChanges(ctx, { table, ids: [sourceId, targetId] }),
      ),
    ),
  ),
  // An import tells of all its rows at once.
  reaction('integrations.push.prospect.import_completed', crm.prospectsImported, (ctx) =>
    pushChanges(ctx, { table: 'prospects', ids: null }),
  ),
];
