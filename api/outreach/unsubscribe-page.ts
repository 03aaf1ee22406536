import { escapeHtml } from '../../domain/platform/mail.rules.ts';

/** No script, nothing from elsewhere; its one form goes back to where it came from. */
export const PAGE_POLICY = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1rem}</style></head>
<body><h1>${title}</h1>${body}</body></html>
`;

const left = (address: string): string =>
  page('You have unsubscribed', `<p>${escapeHtml(address)} gets no more messages of this kind.</p>`);

/** The form names no action: it is sent to the address of the page itself. */
export function unsubscribePage(link: { address: string; organization: string; isUnsubscribed: boolean }): string {
  if (link.isUnsubscribed) return left(link.address);
  return page(
    'Unsubscribe?',
    `<p>${escapeHtml(link.address)} will get no more messages from ${escapeHtml(link.organization)}.</p>
<form method="post"><button>Unsubscribe</button></form>`,
  );
}

export const unsubscribedPage = left;
