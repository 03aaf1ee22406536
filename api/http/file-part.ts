import { z } from 'zod';

/** A stored file is read in parts of 256 KiB, so that no answer holds all of it. */
export const filePartQuery = z.strictObject({ part: z.coerce.number().int().min(0).max(1_000_000).default(0) });

/** One part of it, with what is known of the file. */
export const filePart = <Shape extends z.ZodRawShape>(name: string, file: z.ZodObject<Shape, z.core.$strict>) =>
  file
    .extend({
      part: z.number(),
      content: z.string().describe('Base64'),
      more: z.boolean().describe('Another part follows'),
    })
    .meta({ id: name });
