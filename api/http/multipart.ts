import { type AppError, invalid } from '../../domain/core/errors.ts';

export interface Part {
  readonly name: string;
  /** Present on files. */
  readonly fileName: string | undefined;
  readonly mediaType: string;
  /** To be read to its end before the next part is asked for. */
  readonly content: AsyncGenerator<Uint8Array>;
}

const MAX_HEADER_BYTES = 8_192;
const MAX_PARTS = 20;
const BLANK_LINE = Buffer.from('\r\n\r\n');

const malformed = (): AppError => invalid('body', 'The body is not well-formed multipart/form-data.');

/** The boundary of a Content-Type, or null when it is not multipart/form-data. */
export function boundaryOf(contentType: string): string | null {
  const match = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  return match ? (match[1] ?? match[2]!) : null;
}

/** The parts of a form as they arrive; holds a few kilobytes of them at a time. @throws AppError validation. */
export async function* partsOf(source: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const input = new Window(source);
  try {
    const delimiter = Buffer.from(`\r\n--${boundary}`);
    // The first boundary has no line end before it.
    input.prepend(Buffer.from('\r\n'));
    await drain(upTo(input, delimiter));
    for (let count = 0; ; count++) {
      const closing = await input.take(2);
      if (closing === '--') return;
      if (closing !== '\r\n' || count === MAX_PARTS) throw malformed();
      const content = upTo(input, delimiter);
      yield { ...(await readHead(input)), content };
      await drain(content);
    }
  } finally {
    await input.close();
  }
}

async function drain(content: AsyncGenerator<Uint8Array>): Promise<void> {
  for await (const _ of content);
}

async function readHead(input: Window): Promise<Omit<Part, 'content'>> {
  let end = input.held.indexOf(BLANK_LINE);
  while (end < 0) {
    if (input.held.length > MAX_HEADER_BYTES || !(await input.more())) throw malformed();
    end = input.held.indexOf(BLANK_LINE);
  }
  const lines = (await input.take(end + BLANK_LINE.length)).split('\r\n');
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const disposition = header('content-disposition') ?? '';
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (!/^form-data\b/i.test(disposition) || name === undefined) throw malformed();
  const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
  return { name, fileName, mediaType: header('content-type') ?? 'application/octet-stream' };
}

/** What comes before the delimiter, which is taken too. */
async function* upTo(input: Window, delimiter: Buffer): AsyncGenerator<Uint8Array> {
  for (;;) {
    const at = input.held.indexOf(delimiter);
    if (at >= 0) {
      if (at > 0) yield input.skip(at);
      input.skip(delimiter.length);
      return;
    }
    // A delimiter may be cut by the end of what has arrived.
    const safe = input.held.length - delimiter.length + 1;
    if (safe > 0) yield input.skip(safe);
    if (!(await input.more())) throw malformed();
  }
}

class Window {
  held: Buffer = Buffer.alloc(0);
  readonly #source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  prepend(bytes: Buffer): void {
    this.held = Buffer.concat([bytes, this.held]);
  }

  async more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done) return false;
    this.held = this.held.length > 0 ? Buffer.concat([this.held, value]) : Buffer.from(value);
    return true;
  }

  skip(length: number): Buffer {
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }

  async take(length: number): Promise<string> {
    while (this.held.length < length) if (!(await this.more())) throw malformed();
    return this.skip(length).toString('utf8');
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
