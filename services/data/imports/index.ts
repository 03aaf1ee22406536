import type { UploadKind } from '../../../domain/platform/upload.rules.ts';
import type { ImportKind, ImportKinds } from '../../platform/imports/index.ts';
import { userKind } from '../../platform/users/index.ts';
import { agentKind, vendorKind } from './dimension-kinds.ts';
import { conversionKind, interactionKind, spendKind } from './fact-kinds.ts';

/** What a file may hold, by the name that an upload gives it. */
export const IMPORT_KINDS: ImportKinds = new Map<UploadKind, ImportKind>(
  [interactionKind, conversionKind, spendKind, agentKind, vendorKind, userKind].map((kind) => [kind.name, kind]),
);
