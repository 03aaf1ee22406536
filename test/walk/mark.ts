import type { Endpoint } from '../../api/http/endpoint.ts';
import { bodySchemaOf, fieldsOf, isFreeText, replaced } from './schema-values.ts';
import type { Mark } from './session.ts';

/** Appends a word to every text of a body that means nothing to the product. */
export const markWith =
  (word: string): Mark =>
  (endpoint: Endpoint, body: unknown): unknown => {
    const schema = bodySchemaOf(endpoint);
    if (!schema || body === undefined || endpoint.bodyKind === 'upload') return body;
    // An address, a phone number or a path would be none any more.
    const isPlain = (value: unknown) => !/[@:/]|^\+?\d+$/.test(String(value));
    return fieldsOf(schema, body)
      .filter((field) => isFreeText(field, word.length + 1) && isPlain(field.value))
      .reduce<unknown>((marked, { path, value }) => replaced(marked, path, `${value} ${word}`), body);
  };
