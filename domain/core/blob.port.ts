/** Whose content it is, and when. */
export interface BlobOwner {
  readonly organizationId: string;
  readonly now: Date;
}

/** Content that is stored but belongs to nothing yet; whoever refers to it keeps it in his own transaction. */
export interface StagedBlob {
  readonly id: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Files of an organization (uploads, exports, attachments). Memory stays bounded whatever their size. */
export interface BlobStore {
  /**
   * Stores a stream. It cannot be read before it is kept, so a half-written one never is.
   * @throws AppError payload_too_large above `limitBytes`; whatever the stream throws. Nothing is left behind.
   */
  put(
    owner: BlobOwner,
    content: AsyncIterable<Uint8Array>,
    options: { readonly mediaType: string; readonly limitBytes: number },
  ): Promise<StagedBlob>;
  /** The bytes from a position on. @throws AppError not_found unless it is kept. */
  get(owner: BlobOwner, blobId: string, fromByte?: number): AsyncGenerator<Uint8Array>;
  delete(owner: BlobOwner, blobId: string): Promise<void>;
}
