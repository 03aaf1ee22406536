import type { UploadKind } from '../../../domain/platform/upload.rules.ts';
import { IMPORT_KINDS as DATA_KINDS } from '../../data/imports/index.ts';
import type { ImportKind, ImportKinds } from '../../platform/imports/index.ts';
import { prospectKind } from './prospect-kind.ts';
import { signalKind } from './signal-kind.ts';

export type { ProspectRow } from '../../../domain/crm/prospect.input.ts';

/** What a file may hold, in all wings: the customer record adds its own to the facts. */
export const IMPORT_KINDS: ImportKinds = new Map<UploadKind, ImportKind>([
  ...DATA_KINDS,
  [prospectKind.name, prospectKind],
  [signalKind.name, signalKind],
]);
