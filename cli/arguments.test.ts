import { describe, expect, it } from 'vitest';
import { MODEL_CODES } from '../domain/insight/attribution.rules.ts';
import { UPLOAD_KINDS } from '../domain/platform/upload.rules.ts';
import { KINDS, MODELS } from './arguments.ts';

describe('the command line', () => {
  it('offers what the API takes: every kind of file, and every model that needs no weights', () => {
    expect(KINDS).toEqual(UPLOAD_KINDS);
    expect(MODELS).toEqual(MODEL_CODES.filter((code) => code !== 'CUSTOM'));
  });
});
