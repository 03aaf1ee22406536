/** What other wings, the API and the activities may call. */
export { type CreateUploadInput, createUpload, insertUpload, startImport, startUpload } from './create-upload.ts';
export { repeatedRow } from './dry-run.ts';
export { cancelUpload, endUpload, takeUploadBack, undoUpload } from './end-upload.ts';
export { type FileLayout, layoutOf, rowShape } from './file-layout.ts';
export { type OpenFile, type Place, readRow, recordsFrom } from './file-rows.ts';
export {
  type ChangedRecord,
  type ImportedRecord,
  type ImportedRow,
  type ImportKind,
  type ImportKinds,
  keptOf,
  kindOf,
  kindWithOwnFields,
  type ReadRow,
  type UploadOfRows,
} from './import-kind.ts';
export { type CheckedRow, checkRow, type RowResult, type RowsOutcome } from './import-rows.ts';
export {
  failImport,
  finishImport,
  type ImportBatch,
  type ImportStep,
  importBatch,
  keepLayout,
  type OpenImport,
  openImport,
  undoBatch,
} from './import-steps.ts';
export { type PreviewView, previewUpload } from './preview-upload.ts';
export { getUpload, listUploads, readUploadErrors } from './read-uploads.ts';
export { findUpload, type RowError, type UploadView } from './upload-view.ts';
