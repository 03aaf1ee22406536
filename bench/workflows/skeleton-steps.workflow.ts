import { condition, proxyActivities } from '@temporalio/workflow';

export interface SkeletonInput {
  readonly enrollmentId: string;
}

const { cadencesAttend } = proxyActivities<{
  cadencesAttend(input: SkeletonInput): Promise<{ status: string; waitSeconds?: number }>;
}>({ startToCloseTimeout: '30s' });

/** The same looks and timers as a cadence has, and nothing else. */
export async function skeletonSteps(input: SkeletonInput): Promise<void> {
  for (;;) {
    const { status, waitSeconds } = await cadencesAttend(input);
    if (status === 'ended') return;
    await condition(() => false, `${waitSeconds}s`);
  }
}
