import { invalidAll, notFound } from '../../../domain/core/errors.ts';
import type { Fields } from '../../../domain/integrations/adapter.port.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import {
  type FieldMapping,
  type MappedSample,
  mappingIssues,
  previewMapping,
} from '../../../domain/integrations/field-mapping.rules.ts';
import { verb } from '../../core/context.ts';
import { STREAMS } from '../streams/index.ts';

export interface PreviewMappingInput {
  slug: string;
  stream: string;
  /** Default: the provider's. */
  mapping?: readonly FieldMapping[] | undefined;
  /** Records as the provider has them. */
  samples: readonly Fields[];
}

export interface MappingPreview {
  fields: string[];
  mapping: FieldMapping[];
  samples: MappedSample[];
}

/** What would come of records of a provider, before anything is synced. @throws AppError not_found; validation. */
export const previewStreamMapping = verb(
  { permission: 'integrations.view' },
  async (_ctx, input: PreviewMappingInput): Promise<MappingPreview> => {
    const stream = STREAMS[findProvider(input.slug)?.slug ?? '']?.[input.stream];
    if (stream?.kind !== 'records') {
      throw notFound('The stream', 'Only streams that travel both ways have a mapping; the marketplace lists them.');
    }
    const mapping = input.mapping ?? stream.mappings;
    const issues = mappingIssues(mapping, stream.entity.fields);
    if (issues.length > 0) {
      throw invalidAll(issues.map(({ index, field, message }) => ({ field: `mapping.${index}.${field}`, message })));
    }
    return {
      fields: [...stream.entity.fields],
      mapping: [...mapping],
      samples: previewMapping(input.samples, mapping),
    };
  },
);
