import {
  IMPORT_QUEUE,
  type ImportUploadInput,
  uploadChanged,
} from '../../workflows/platform/import-upload.contract.ts';
import { defineProcess } from './process.ts';

export const importProcess = defineProcess<ImportUploadInput>({
  name: 'import',
  workflowType: 'importUpload',
  taskQueue: IMPORT_QUEUE,
  signals: [uploadChanged],
  entityType: 'upload',
  summary: ({ uploadId, generation }) => `Import of upload ${uploadId}, generation ${generation}`,
  priority: 5,
});
