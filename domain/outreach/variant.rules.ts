import type { StepVariant } from './cadence.rules.ts';

/** FNV-1a with a last mix, so that neighbouring ids spread: the same text gives the same number on every machine. */
export function stickyHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number from 0 to below 1 that belongs to the text. */
export const stickyFraction = (text: string): number => stickyHash(text) / 0x1_0000_0000;

/** The variant of a person: always the same one, in proportion to the weights. Null: there is none to choose from. */
export function variantOf(variants: readonly StepVariant[], stepId: string, personId: string): StepVariant | null {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = stickyFraction(`${stepId}:${personId}`) * total;
  for (const variant of variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  return variants.at(-1) ?? null;
}
