import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
  readonly id: string;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** What is answered from now on; 204 by default. */
  answerWith(answer: number | ((response: ServerResponse, request: Received) => void)): void;
  /** Which requests the official library does not accept under this secret. */
  unverified(secret: string): Received[];
  close(): Promise<void>;
}

/** A server on this machine that takes webhooks. */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let answer: number | ((response: ServerResponse, request: Received) => void) = 204;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const one = { headers: request.headers, text, body: JSON.parse(text), id: String(request.headers['webhook-id']) };
      received.push(one);
      if (typeof answer === 'number') response.writeHead(answer).end();
      else answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answerWith(next) {
      answer = next;
    },
    unverified(secret) {
      const webhook = new Webhook(secret);
      return received.filter(({ text, headers }) => {
        try {
          webhook.verify(text, headers as Record<string, string>);
          return false;
        } catch {
          return true;
        }
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
