import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';

/** Both the SDK (by `require`) and the workflow bundle load the converter by path. */
export const FAILURE_CONVERTER_PATH = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** Payloads are ids (see ARCHITECTURE.md), so they are stored readable unless a codec is given, e.g. keys per organization. */
export function createDataConverter(codecs: readonly PayloadCodec[] = []): DataConverter {
  return { failureConverterPath: FAILURE_CONVERTER_PATH, payloadCodecs: [...codecs] };
}
