export { listBestPerformers } from './best-performers.ts';
export { listModels, type ModelOverview } from './list-models.ts';
export {
  keepLetter,
  keepVariants,
  type OpenPreview,
  type Preview,
  readPreview,
  startPreview,
  type WriteInput,
  type WriterDeps,
  type WrittenLetter,
  writeLetter,
  writeVariants,
} from './write-letter.ts';
