import { z } from 'zod';
import type { SourceKey } from '../../domain/data/touch-source.rules.ts';
import { id, text } from '../http/schemas.ts';

/** What was at work when somebody was touched: filters of every figure and of credits. */
export const SOURCE_FIELDS = {
  cadenceId: id().toLowerCase(),
  stepId: id().toLowerCase().describe('A step of a cadence'),
  templateId: id().toLowerCase(),
  variant: text(100).describe('Of a step that compares texts, or a strategy of the sales agent'),
  senderId: id().toLowerCase(),
  bulkJobId: id().toLowerCase(),
  bdrAgentId: id().toLowerCase().describe('A sales agent: the id of its configuration'),
  promptVersion: text(100),
} as const satisfies Record<SourceKey, z.ZodType>;

export const optionalSources = z.strictObject(SOURCE_FIELDS).partial().shape;
