/** Inputs and results are ids and counts; something this big is data that belongs into Postgres. */
export const MAX_PAYLOAD_BYTES = 256 * 1024;

/** UTF-8 bytes of the JSON form, which is what the default payload converter sends. */
export const payloadBytes = (value: unknown): number =>
  value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');
