import { proxyActivities } from '@temporalio/workflow';

export interface OneActivityInput {
  organizationId: string;
  entityId: string;
}

const { oneActivity } = proxyActivities<{ oneActivity(input: OneActivityInput): Promise<string> }>({
  startToCloseTimeout: '10s',
});

/** The smallest durable process there is; the product and its floor both run it. */
export const oneActivityProcess = (input: OneActivityInput): Promise<string> => oneActivity(input);
