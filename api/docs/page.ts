export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Revloop API</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<header class="intro">
<h1>Revloop API</h1>
<p>Every endpoint below can be called from this page: press <b>Authorize</b>, paste an API key into <code>apiKey</code> and the id of your
organization into <code>tenant</code> (the header <code>X-Tenant-ID</code>, which every <code>/v1</code> call needs), then
<b>Execute</b>. After <code>npm start</code> the banner in the terminal shows the key and the id of the demo organization.</p>
<p><code>/v1</code> speaks snake_case and answers <code>{data, message}</code>; <code>/api/v1</code> speaks camelCase and answers
<code>{data}</code>. One OpenAPI document describes both:
<a href="/v1/openapi.json">/v1/openapi.json</a>.</p>
</header>
<main id="reference"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/docs.js"></script>
</body>
</html>
`;

/** The UI sets styles on its elements and draws icons from data: addresses; everything else comes from this server. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
