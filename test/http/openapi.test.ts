import { describe, expect, it } from 'vitest';
import { SYSTEM_ENDPOINTS } from '../../api/endpoints.ts';
import { buildOpenApi, openApiText } from '../../api/openapi.ts';
import { testEndpoints } from './endpoints.ts';

const endpoints = [...testEndpoints('a'), ...testEndpoints('b')];
// biome-ignore lint/suspicious/noExplicitAny: the document is looked at from many sides
const document = buildOpenApi(endpoints, SYSTEM_ENDPOINTS) as any;

describe('the OpenAPI document', () => {
  it('is the same text every time, whatever the order of the endpoints', () => {
    expect(openApiText([...endpoints].reverse(), SYSTEM_ENDPOINTS)).toBe(openApiText(endpoints, SYSTEM_ENDPOINTS));
  });

  it('speaks each face’s casing in paths, bodies, examples and answers', () => {
    const a = document.paths['/v1/testing/vendors'].post;
    const b = document.paths['/api/v1/testing/vendors'].post;
    expect(Object.keys(a.requestBody.content['application/json'].schema.properties)).toEqual([
      'vendor_code',
      'display_name',
      'start_process',
    ]);
    expect(a.requestBody.content['application/json'].examples.convin.value).toEqual({
      vendor_code: 'convin',
      display_name: 'Convin',
    });
    expect(Object.keys(b.requestBody.content['application/json'].schema.properties)).toEqual([
      'vendorCode',
      'displayName',
      'startProcess',
    ]);
    expect(document.paths['/v1/testing/vendors/{vendor_id}'].get.parameters[0]).toMatchObject({
      name: 'vendor_id',
      in: 'path',
      required: true,
    });
    expect(a.responses['201'].content['application/json'].schema.required).toEqual(['data', 'message']);
    expect(b.responses['201'].content['application/json'].schema.required).toEqual(['data']);
  });

  it('states permission, security, errors and headers of each operation', () => {
    const put = document.paths['/v1/testing/vendors/{vendor_id}'].put;
    expect(put['x-permission']).toBe('data.ingest');
    expect(put.description).toContain('data.ingest');
    expect(put.security).toEqual([
      { apiKey: [], tenant: [] },
      { bearer: [], tenant: [] },
    ]);
    expect(Object.keys(put.responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '412',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
    expect(put.parameters).toContainEqual({ $ref: '#/components/parameters/IfMatch' });
    expect(Object.keys(put.responses['200'].headers)).toContain('X-RateLimit-Limit');
  });

  it('describes money as a number or a string, and times as date-time', () => {
    const { properties } = document.paths['/v1/testing/echo'].post.requestBody.content['application/json'].schema;
    expect(properties.amount.type).toEqual(['number', 'string']);
    expect(properties.occurred_at).toEqual({ type: 'string', format: 'date-time' });
  });

  it('refers only to components that it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) =>
      match[1]!.split('/'),
    );
    expect(references.length).toBeGreaterThan(10);
    for (const path of references) {
      expect(
        path.reduce((node, key) => node?.[key], document),
        path.join('/'),
      ).toBeDefined();
    }
  });
});
