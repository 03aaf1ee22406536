export interface ListRefreshInput {
  organizationId: string;
  listId: string;
  generation: number;
}

export interface ListRefreshResult {
  status: 'completed' | 'failed';
  entered: number;
  left: number;
}
