import { LIST_REFRESH_QUEUE, type ListRefreshInput } from '../../workflows/crm/list-refresh.contract.ts';
import { defineProcess } from './process.ts';

export const listRefreshProcess = defineProcess<ListRefreshInput>({
  name: 'listRefresh',
  workflowType: 'listRefresh',
  taskQueue: LIST_REFRESH_QUEUE,
  signals: [],
  entityType: 'list',
  summary: ({ listId, generation }) => `Refresh of list ${listId}, generation ${generation}`,
  priority: 4,
});
