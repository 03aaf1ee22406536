import { compileShape, type Shape, toSnake } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import type { EndpointExample } from '../../api/http/examples.ts';
import type { Prepared } from './session.ts';

const shapes = new WeakMap<Endpoint, Shape | undefined>();

/** A body in the casing of its face. */
export function onWire(endpoint: Endpoint, body: unknown): unknown {
  if (!endpoint.body || endpoint.face === 'b') return body;
  if (!shapes.has(endpoint)) shapes.set(endpoint, compileShape(endpoint.body, endpoint.operationId));
  return toSnake(shapes.get(endpoint), body);
}

interface Content {
  text?: string;
  headers?: Record<string, string>;
}

const BOUNDARY = 'walk-3b9f1c';

/** A prepared body as it travels: JSON, a form, or a form with a file. */
export function contentOf({ endpoint, body, file }: Prepared, text: string | undefined): Content {
  // A form of parts may come as JSON too, which is what a text of its own is.
  if (file && (endpoint.bodyKind === 'upload' || (endpoint.bodyKind === 'parts' && text === undefined))) {
    return {
      text: text ?? formOf(endpoint, body, file),
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    };
  }
  if (text !== undefined) return { text };
  if (endpoint.bodyKind === 'form') {
    return {
      text: new URLSearchParams((body ?? {}) as Record<string, string>).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
  }
  return body === undefined ? {} : { text: JSON.stringify(onWire(endpoint, body)) };
}

function formOf(endpoint: Endpoint, body: unknown, file: NonNullable<EndpointExample['file']>): string {
  const fields = Object.entries((onWire(endpoint, body) ?? {}) as Record<string, unknown>).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `Content-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.mediaType}`;
  return `${fields.join('')}--${BOUNDARY}\r\n${head}\r\n\r\n${file.content}\r\n--${BOUNDARY}--\r\n`;
}
