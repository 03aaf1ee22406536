import { defineSignal } from '@temporalio/workflow';

/** Small workflows that exist to test the machinery around workflows; never part of the product's bundle. */
export interface ProbeInput {
  readonly value: string;
}

export const probeReleased = defineSignal<[{ by: string }]>('probeReleased');
