import { describe, expect, it } from 'vitest';
import { html, Markup } from './markup.ts';

describe('markup', () => {
  it('escapes what is put in, also inside attributes and lists, and leaves markup as it is', () => {
    const name = `<script>alert("x")</script> & 'y'`;
    const safe = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;';
    expect(html`<b title="${name}">${[name, html`<i>${name}</i>`]}</b>${null}${0}`.text).toBe(
      `<b title="${safe}">${safe}<i>${safe}</i></b>0`,
    );
    expect(html`${new Markup('<hr>')}`.text).toBe('<hr>');
  });
});
