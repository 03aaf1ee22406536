import { escapeHtml } from '../../domain/platform/mail.rules.ts';

/** No script, nothing from elsewhere; its one form goes back to where it came from. */
export const PAGE_POLICY = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** A page for whoever opens a link of a message. The body is markup; the title is not. */
export const renderPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}
button,textarea{font:inherit;padding:.5rem 1rem}textarea{width:100%;box-sizing:border-box}fieldset{border:0;padding:0;margin:1rem 0}
label{margin-right:1rem}</style></head>
<body><h1>${escapeHtml(title)}</h1>${body}</body></html>
`;
