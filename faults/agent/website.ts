import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Website {
  /** Of the page of one company. */
  pageOf(mark: string): string;
  readonly served: number;
  close(): Promise<void>;
}

/** Sites of companies, one page each, on which an attacker has written. `textOf` is asked with the mark of the company. */
export async function startWebsite(textOf: (mark: string) => string | undefined): Promise<Website> {
  let served = 0;
  const server = createServer((request, response) => {
    const text = textOf(/^\/(\d{4})\/$/.exec(request.url ?? '')?.[1] ?? '');
    if (text === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end();
      return;
    }
    served += 1;
    const body = `<html><body><p>We build turbines for wind parks in the north.</p><p>${text}</p></body></html>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    pageOf: (mark) => `http://127.0.0.1:${port}/${mark}/`,
    get served() {
      return served;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
